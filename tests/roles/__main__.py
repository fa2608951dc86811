"""`uv run python -m tests.roles` writes the table anew. Read its diff line by line: each is a door."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

if __name__ == "__main__":
    os.environ["WRITE_ROLE_MATRIX"] = "1"
    code = pytest.main(["-n0", "-q", "tests/integration/portal/test_role_matrix.py", "-k", "table"])
    subprocess.run(["git", "--no-pager", "diff", "--stat", "--", "tests/roles/matrix.csv"], check=False)
    sys.exit(code)
