"""Notices to residents: the message box, and mail for those who gave an address."""
