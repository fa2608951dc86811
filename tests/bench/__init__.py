"""Measurements: `uv run python -m tests.bench pages`."""
