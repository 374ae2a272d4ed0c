"""Rooms of the city: what is free, what it costs, and who holds it until it is paid."""
