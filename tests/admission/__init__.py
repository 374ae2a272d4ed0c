"""Tests of ``portal.admission``."""
