"""The kinds of fields. A new kind is one class and one line in ``registry``."""
