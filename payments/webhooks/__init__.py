"""The inbox of provider notifications: triggers to go and ask, never evidence themselves."""
