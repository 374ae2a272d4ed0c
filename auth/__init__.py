"""Who is there: residents by card, staff by password and one-time code. Knows no portal."""
