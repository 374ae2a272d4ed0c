"""Tests of ``portal.preview``."""
