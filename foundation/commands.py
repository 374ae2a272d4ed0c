"""Commands whose modules are loaded only once somebody calls them.

The tools of an author answer at once, although the command ``portal`` also knows how to run a city.
"""

from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that knows some of its commands only by where they are written.

    Its help loads all of them, for the sentence that each says of itself.
    """

    def __init__(self, *args: Any, lazily: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: the name of a command → "package.module:attribute"
        self.lazily = dict(lazily or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.lazily})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazily:
            return super().get_command(ctx, cmd_name)
        found = load(self.lazily[cmd_name])
        if not isinstance(found, click.Command):
            raise TypeError(f"{self.lazily[cmd_name]} is no command")
        return found


def load(place: str) -> Any:
    """What is written at ``package.module:attribute``."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)
