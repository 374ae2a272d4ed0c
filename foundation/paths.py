"""Where a redirect may lead."""

import re

#: One slash at the start, and nothing that a browser reads as another host or leaves out.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def local_path(target: str | None, fallback: str = "/") -> str:
    """A path on this site to go on to; the fallback for anything that leads elsewhere."""
    return target if target and _LOCAL_PATH.fullmatch(target) else fallback
