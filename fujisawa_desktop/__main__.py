"""``python -m fujisawa_desktop`` and the command ``fujisawa-desktop``: window or command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from fujisawa_desktop import cli


def _window(arguments: argparse.Namespace) -> int:
    # Qt takes longer to load than most commands to run; only the window needs it.
    from fujisawa_desktop.app_imports import import_lightly  # noqa: PLC0415

    import_lightly()
    from fujisawa_desktop.app import run  # noqa: PLC0415 - as above, and only now

    return run(arguments.database, language=arguments.lang)


def _demo(arguments: argparse.Namespace) -> int:
    # It takes pictures of the window and so loads Qt, as above.
    from fujisawa_desktop.demo import run_demo  # noqa: PLC0415

    return run_demo(out=arguments.out, applicants=arguments.applicants, language=arguments.lang)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    return cli.main(sys.argv[1:] if arguments is None else arguments, window=_window, demo=_demo)


if __name__ == "__main__":
    sys.exit(main())
