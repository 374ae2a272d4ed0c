"""Tests of ``portal.surge``."""
