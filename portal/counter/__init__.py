"""The counter: an employee fills in an application together with a resident on a tablet."""
