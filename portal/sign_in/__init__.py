"""Residents sign in with their card."""
