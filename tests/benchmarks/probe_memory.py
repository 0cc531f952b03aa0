"""The most memory the program takes on a list: opened, searched, scrolled to its end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks.peak import peak_kilobytes
from tests.benchmarks.window import open_window, settle

app, program, page = open_window(Path(sys.argv[1]))
page.table.scrollToBottom()
settle(app, program)
for text in ("タカハシ", "見本大学", ""):
    page.search.setText(text)
    settle(app, program)
sys.stdout.write(json.dumps({"peak": peak_kilobytes()}) + "\n")
program.window.close()
