"""The staff side: signing in, and the menu of what a person may do."""
