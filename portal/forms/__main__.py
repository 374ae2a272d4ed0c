"""``python -m portal.forms check FILE``: the tools of authors without the portal around them.

They start quickly enough for an editor that checks whatever is saved.
"""

from portal.forms.cli import forms

forms(prog_name="portal forms")
