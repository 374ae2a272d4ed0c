"""Rules about the shape of the whole program, which keep themselves."""
