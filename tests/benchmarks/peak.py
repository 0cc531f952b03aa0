"""The most memory this process has had, without what it inherited."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_kilobytes() -> int:
    """Return the peak of the resident memory since this program was executed.

    ``ru_maxrss`` begins with the size its parent had at the fork, so a parent that has just built a
    database would be measured instead of the child; Linux counts anew in VmHWM at each exec.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
