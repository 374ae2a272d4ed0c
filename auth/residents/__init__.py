"""Residents: who a signed-in person is to this city, and what the city already knows of them."""
