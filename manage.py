#!/usr/bin/env python3
"""Django's command line for the Career Portal."""

import os
import sys

MINIMUM = (3, 11)


def main() -> None:
    if sys.version_info < MINIMUM:
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.exit(f"The Career Portal needs Python 3.11 or newer; this is Python {found}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
