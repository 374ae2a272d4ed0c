"""A stand-in for the national authority and its cards; refuses to start in production."""
