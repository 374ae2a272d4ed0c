"""Refunds (還付): money that goes back, decided by two persons."""
