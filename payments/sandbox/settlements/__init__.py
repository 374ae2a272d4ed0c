"""Closing a day: payouts, deposits at the sample bank, and the files that tell of them."""
