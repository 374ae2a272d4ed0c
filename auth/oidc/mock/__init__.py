"""A stand-in for the national sign-in app; refuses to start in production."""
