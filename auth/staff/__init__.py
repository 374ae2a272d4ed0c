"""The city's own people: accounts, second factor, roles."""
