"""What the migrations put in, and that they can be taken back."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase
from wagtail.models import Page, Site

from home.actions import give_site_its_address
from home.models import Area, HomePage


@pytest.mark.django_db
def test_the_four_areas_are_there():
    assert list(Area.objects.values_list("slug", "hue")) == [
        ("marketplace", "indigo"),
        ("job-tools", "amber"),
        ("training", "teal"),
        ("networking", "rose"),
    ]


@pytest.mark.django_db
def test_the_default_site_begins_at_our_home_page(client):
    site = Site.objects.get(is_default_site=True)
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_url == settings.BASE_URL
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_tree_is_sound():
    assert not any(Page.find_problems())


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://portal.example.org", ("portal.example.org", 443)),
        ("http://portal.example.org", ("portal.example.org", 80)),
        ("http://localhost:8123", ("localhost", 8123)),
    ],
)
@pytest.mark.django_db
def test_the_site_takes_the_address_of_the_settings(base_url, expected):
    give_site_its_address(base_url=base_url)
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == expected


@pytest.mark.django_db
def test_another_site_keeps_its_address():
    other = Site.objects.create(hostname="other.test", port=80, root_page=Page.get_first_root_node())
    give_site_its_address(base_url="http://other.test")
    other.refresh_from_db()
    assert (other.hostname, Site.objects.get(is_default_site=True).hostname) == ("other.test", "localhost")


@pytest.mark.django_db(transaction=True)
def test_the_home_page_and_the_areas_can_be_taken_back():
    executor = MigrationExecutor(connection)
    apps = executor.loader.project_state(("home", "0003_home_page")).apps
    with connection.schema_editor() as editor:
        for name in ("0003_home_page", "0002_the_four_areas"):
            (operation,) = executor.loader.get_migration("home", name).operations
            operation.reverse_code(apps, editor)
    assert not HomePage.objects.exists()
    assert not Area.objects.exists()
    assert Site.objects.get(is_default_site=True).root_page.content_type.model == "page"
    with connection.schema_editor() as editor:
        for name in ("0002_the_four_areas", "0003_home_page"):
            (operation,) = executor.loader.get_migration("home", name).operations
            operation.code(apps, editor)
    assert HomePage.objects.get().path == "00010001"
    assert Area.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_what_the_migrations_put_in():
    kept = list(Area.objects.values_list("pk", "slug"))
    Area.objects.all().delete()
    Area.objects.create(slug="another", title="Another")

    TransactionTestCase._fixture_teardown(None)  # what is done for a test at its end

    assert list(Area.objects.values_list("pk", "slug")) == kept
