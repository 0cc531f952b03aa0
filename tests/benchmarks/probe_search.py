"""Search as you type in the program: seconds from each key to the painted rows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks.keys import Typist, run_for
from tests.benchmarks.window import open_window

app, program, page = open_window(Path(sys.argv[1]))
page.search.setFocus()
typist = Typist(app, page.search, page.table.viewport())
page.model.modelReset.connect(typist.note)
seconds = typist.type_all(lambda pause: run_for(app, pause))
sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")
program.window.close()
