"""`python -m bench [NAME …]`: every room of measures, or the ones named."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench

_TOOLS = {"__main__", "bare_canvas", "bulk", "marks", "measure"}


def main(names: list[str]) -> None:
    """Print each figure as soon as it is taken."""
    rooms = names or sorted(
        module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in _TOOLS
    )
    for room in rooms:
        for figure in importlib.import_module(f"bench.{room}").measure():
            print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
