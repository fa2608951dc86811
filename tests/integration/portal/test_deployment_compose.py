"""The compose files and the image, checked without an engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from check_jsonschema.cli import main as check_schema
from click.testing import CliRunner
from django.conf import settings

from portal import environment
from tests.architecture import compose, source

KNOWN = {variable.name for variable in environment.VARIABLES}
# Read by others than the portal: Celery, boto3, Compose itself.
FOREIGN = {"REMAP_SIGTERM", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"}
COMPOSE_ONLY = {"PORTAL_PORT", "POSTGRES_PASSWORD"}
SERVICES = compose.services()
DOCKERFILE = (source.ROOT / "Dockerfile").read_text()
DOCKERIGNORE = (source.ROOT / ".dockerignore").read_text().splitlines()
each_service = pytest.mark.parametrize("name", SERVICES)
each_portal = pytest.mark.parametrize("name", compose.portals())


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


@pytest.mark.parametrize("name", [compose.LOCAL, compose.PRODUCTION])
def test_the_file_follows_the_compose_specification(name):
    result = CliRunner().invoke(check_schema, ["--builtin-schema", "vendor.compose-spec", str(source.ROOT / name)])

    assert result.exit_code == 0, result.output


@each_service
def test_a_service_has_an_image_of_a_fixed_version_or_is_built_here(name):
    image = SERVICES[name]["image"]

    assert image == "career-portal" or re.search(r":v?\d", image)


@each_service
def test_a_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"].get("test") or name == "prepare"


@each_service
def test_a_service_waits_only_for_services_that_can_tell_they_are_ready(name):
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        if wait["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "no"
        else:
            assert wait["condition"] == "service_healthy"
            assert SERVICES[other]["healthcheck"]["test"]


@each_service
def test_a_service_mounts_declared_volumes_only(name):
    mounted = {volume.partition(":")[0] for volume in SERVICES[name].get("volumes", [])}

    assert mounted <= set(compose.document()["volumes"])


@each_service
def test_a_service_has_no_more_rights_than_it_needs(name):
    service = SERVICES[name]

    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@each_portal
def test_a_portal_service_drops_every_capability(name):
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


@each_portal
def test_the_portal_knows_every_variable_that_it_is_given(name):
    assert set(SERVICES[name]["environment"]) <= KNOWN | FOREIGN


@each_portal
def test_every_portal_service_but_the_preparation_waits_for_it(name):
    assert name == "prepare" or "prepare" in SERVICES[name]["depends_on"]


def test_every_setting_of_production_can_be_given_from_outside():
    passed = set(SERVICES["web"]["environment"])

    # In the image the mode and ffmpeg are what they are; production has no debug pages.
    assert {"DEBUG", "FFMPEG"} == KNOWN - passed


def test_the_files_take_no_unknown_variable_from_outside():
    assert compose.substituted() <= KNOWN | FOREIGN | COMPOSE_ONLY
    assert compose.substituted(compose.PRODUCTION) <= KNOWN | FOREIGN | COMPOSE_ONLY


def test_a_laptop_needs_no_setting():
    assert ":?" not in (source.ROOT / compose.LOCAL).read_text()


def test_a_real_site_must_name_what_a_laptop_may_leave_out():
    text = (source.ROOT / compose.PRODUCTION).read_text()
    required = {variable.name for variable in environment.VARIABLES if variable.required_in_production}

    # Compose itself brings a database and a broker.
    assert set(re.findall(r"\$\{([A-Z_]+):?\?", text)) == required - {"DATABASE_URL", "REDIS_URL"} | {
        "POSTGRES_PASSWORD"
    }


def test_a_real_site_loads_no_sample_and_catches_no_mail():
    production = compose.services(compose.PRODUCTION)

    assert "--sample" in SERVICES["prepare"]["command"]
    assert "--sample" not in production["prepare"]["command"]
    assert production["mailpit"]["profiles"]


def test_a_real_site_overrides_every_portal_service():
    overridden = {name for name, service in compose.services(compose.PRODUCTION).items() if "environment" in service}

    assert overridden == {*compose.portals(), "postgres"}


def test_the_broker_forgets_nothing_and_the_cache_is_another_redis():
    broker, cache = SERVICES["redis"]["command"], SERVICES["redis-cache"]["command"]

    assert broker[broker.index("--appendonly") + 1] == "yes"
    assert broker[broker.index("--maxmemory-policy") + 1] == "noeviction"
    assert "--maxmemory" in cache
    assert SERVICES["web"]["environment"]["CACHE_URL"].startswith("${CACHE_URL:-redis://redis-cache:")


def test_an_encode_is_one_process_that_is_given_time_to_put_its_work_back():
    worker = SERVICES["worker-transcode"]

    assert worker["command"][worker["command"].index("-c") + 1] == "1"
    assert worker["environment"]["REMAP_SIGTERM"] == "SIGQUIT"
    assert seconds(worker["stop_grace_period"]) > 25


@pytest.mark.parametrize("name", ["worker-mail-now", "worker-mail-bulk", "worker-periodic"])
def test_a_stop_lets_a_worker_finish_the_task_in_hand(name):
    assert seconds(SERVICES[name]["stop_grace_period"]) > settings.CELERY_TASK_TIME_LIMIT


@pytest.mark.parametrize("name", compose.worker_queues())
def test_a_workers_health_is_asked_under_its_own_name(name):
    command = SERVICES[name]["command"]
    node = command[command.index("-n") + 1].partition("@")[0]

    assert f'-d "{node}@$$(hostname)"' in SERVICES[name]["healthcheck"]["test"][1]


def test_the_image_runs_as_somebody_without_rights_and_has_what_video_needs():
    final = DOCKERFILE.rpartition("\nFROM ")[2]

    assert re.search(r"^USER portal$", final, re.MULTILINE)
    assert final.index("USER portal") > final.index("apt-get install")
    assert all(package in final for package in ("ffmpeg", "bubblewrap"))
    assert "HEALTHCHECK" in final


def test_the_image_is_built_in_stages_from_the_locks():
    assert len(re.findall(r"^FROM ", DOCKERFILE, re.MULTILINE)) == 3
    assert "uv sync --frozen --no-dev" in DOCKERFILE
    assert "npm ci" in DOCKERFILE
    assert "collectstatic --no-input" in DOCKERFILE


def test_the_image_is_given_every_floor_and_every_file_it_copies():
    needed = [f"{floor}/" for floor in source.FLOORS]
    needed += ["templates/", "static/", "deploy/", "manage.py", "pyproject.toml", "uv.lock"]
    needed += ["package.json", "package-lock.json"]

    assert [path for path in needed if f"!{path}" not in DOCKERIGNORE] == []
    assert [path for path in needed if not (source.ROOT / path).exists()] == []


def test_the_image_holds_nothing_that_git_does_not():
    """Everything is left out first: no .env, no data folder, no tests."""
    allowed = {line for line in DOCKERIGNORE if line.startswith("!")}

    assert next(line for line in DOCKERIGNORE if not line.startswith("#")) == "*"
    assert not {"!.env", "!var/", "!tests/", "!.git/", "!node_modules/"} & allowed


def test_the_stages_agree_on_the_python_that_is_tested():
    bases = re.findall(r"^FROM python:(\d+\.\d+)-", DOCKERFILE, re.MULTILINE)

    assert len(bases) == 2
    assert len(set(bases)) == 1


def test_the_scripts_that_the_image_runs_are_there_and_executable():
    assert (source.ROOT / "deploy" / "entrypoint").stat().st_mode & 0o111
    for script in re.findall(r"deploy/[\w.]+", DOCKERFILE + Path(source.ROOT / compose.LOCAL).read_text()):
        assert (source.ROOT / script).is_file(), script
