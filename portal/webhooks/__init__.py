"""Where payment providers report."""
