"""The program as its users meet it: started for real, in a real browser."""
