"""受付: whether a procedure takes an application now, from this person, and for which place."""
