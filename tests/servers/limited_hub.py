"""A hub with limits small enough for a test: python -m tests.servers.limited_hub DATABASE '{"batch": 1000}'."""

from __future__ import annotations

import json
import sys

from g20desk.hub import database, serving
from g20desk.hub.limits import Limits

if __name__ == "__main__":
    access = database.prepare(sys.argv[1])
    serving.serve(access, ("127.0.0.1", 0), everyone=True, limits=Limits(**json.loads(sys.argv[2])))
