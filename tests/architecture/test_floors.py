"""Who may import whom."""

from __future__ import annotations

import pytest
from importlinter.cli import lint_imports

from tests.architecture import source

MODELS_NEVER_IMPORT = {"actions", "selectors", "tasks", "views"}


def test_the_contracts_of_the_floors_and_of_the_order_inside_an_app_hold(monkeypatch, capsys):
    monkeypatch.chdir(source.ROOT)

    status = lint_imports(no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("floor", source.FLOORS)
def test_models_never_import_actions_selectors_tasks_or_views_of_any_floor(floor):
    models = [path for path in source.files(floor) if path.stem == "models" or path.parent.name == "models"]
    forbidden = {f"{other}.{module}" for other in source.FLOORS for module in MODELS_NEVER_IMPORT}

    found = [
        f"{source.name(path)} imports {module}"
        for path in models
        for module in source.imported(path)
        if any(module == name or module.startswith(f"{name}.") for name in forbidden)
    ]

    assert found == []


def test_only_settings_import_settings():
    others = [path for path in source.everything() if not path.stem.endswith("settings")]

    found = [source.name(p) for p in others if any(m.startswith("portal.settings") for m in source.imported(p))]

    assert found == [], "read django.conf.settings"
