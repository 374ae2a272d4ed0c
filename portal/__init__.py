"""The Flask application of the city hall."""
