"""The stand-in of the Stripe API (``/v1``) and what lives behind it."""
