"""``pytest -p tests.midnight_plugin``: midnight passes twice in every test.

The clock stands a day back while modules are read, on the day itself while a test is set up, and a day
ahead while it runs: who keeps a day for longer than one moment is found out, and not only by the run
that happens to be under way at midnight.
"""

from __future__ import annotations

import os
import time

import pytest

_READ, _SET_UP, _RUN = "AAA23:59", "UTC0", "BBB-23:59"
"""Zones: the day moves, the moment does not.  A whole day is more than a zone may be off."""


def _stand_on(zone: str) -> None:
    os.environ["TZ"] = zone
    time.tzset()


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Modules are read a day before."""
    _stand_on(_READ)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What a test finds was made on this day."""
    _stand_on(_SET_UP)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    """What a test does is done on the next."""
    _stand_on(_RUN)
