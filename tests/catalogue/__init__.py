"""Tests of ``portal.catalogue``."""
