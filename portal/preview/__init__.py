"""``portal forms preview``: the real pages on the files as they are at this moment, for authors."""
