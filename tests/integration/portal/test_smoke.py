import pytest
from wagtail.models import Page

pytestmark = pytest.mark.django_db


def test_the_admin_login_answers(client):
    assert client.get("/admin/").status_code == 302


def test_there_is_a_root_page():
    assert Page.objects.filter(depth=1).exists()
