"""Runs the cases, all or those named, prints a table and writes benchmarks/results.json."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import cases
from benchmarks.figures import Figure, table, write

RESULTS = Path(__file__).with_name("results.json")


def main(arguments: Sequence[str]) -> None:
    """Measure and report."""
    known = [module.name for module in pkgutil.iter_modules(cases.__path__)]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", choices=[*known, []], help="all where none is named")
    chosen = parser.parse_args(arguments).case or known
    figures: list[Figure] = []
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"{cases.__name__}.{name}").measure()
    write(RESULTS, figures)
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
