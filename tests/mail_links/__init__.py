"""Tests of ``portal.mail_links``."""
