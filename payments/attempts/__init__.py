"""Attempts: each single try to pay a claim, and the one door through which evidence comes."""
