"""proselint over the texts of a JSON file: seconds, findings and checks, as JSON. Runs in an environment of its own."""

import json
import sys
import time

from proselint.checks import __register__
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

registry = CheckRegistry()
registry.register_many(__register__)
with open(sys.argv[1], encoding="utf-8") as file:
    texts = json.load(file)
for text in texts[:20]:
    LintFile("text", text).lint()
begun = time.perf_counter()
found = sum(len(LintFile("text", text).lint()) for text in texts)
took = time.perf_counter() - begun
print(json.dumps({"seconds": took, "found": found, "rules": len(registry.get_all_enabled(DEFAULT["checks"]))}))
