"""``python -m portal`` is the same as the command ``portal``."""

from portal.cli import main

main()
