"""What the drill command starts in the scratch environment: `python -m portal.drills portal.drills.video '{…}'`."""

from __future__ import annotations

import json
import logging
import sys
from importlib import import_module

import django
from django.core.management import call_command


def begin() -> int:
    django.setup()
    logging.disable(logging.WARNING)
    from portal.drills import haste  # noqa: F401 - importing haste shortens the leases
    from portal.drills.digest import haste as digest_haste  # noqa: F401

    call_command("migrate", verbosity=0, interactive=False)

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    result = import_module(sys.argv[1]).main(json.loads(sys.argv[2]), say)
    print(json.dumps(result.as_json()))
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(begin())
