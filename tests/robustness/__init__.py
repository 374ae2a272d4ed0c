"""What must hold whatever comes in: strangers, broken posts, wrong set-ups."""
