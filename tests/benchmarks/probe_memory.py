"""The most memory the program takes on a list: opened, searched, scrolled to its end."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from tests.benchmarks.window import open_window, settle

app, program, page = open_window(Path(sys.argv[1]))
page.table.scrollToBottom()
settle(app, program)
for text in ("タカハシ", "見本大学", ""):
    page.search.setText(text)
    settle(app, program)
sys.stdout.write(json.dumps({"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}) + "\n")
program.window.close()
