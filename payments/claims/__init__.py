"""Claims (調定): what a resident owes, and where each one stands."""
