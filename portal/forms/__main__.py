"""``python -m portal.forms`` is the same as ``portal forms``."""

from portal.forms.cli import forms

forms(prog_name="portal forms")
