"""Sign-in by OpenID Connect: our relying party; ``mock/`` holds a provider to try it against."""
