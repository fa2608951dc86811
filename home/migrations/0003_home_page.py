"""Wagtail's welcome page becomes our home page, in place: the default site keeps its root page."""

from django.db import migrations

WELCOME_PATH = "00010001"
WELCOME = {"title": "Home", "draft_title": "Home"}
HERO = {
    "hero_title": "A career in the project office",
    "hero_text": "Read, watch and follow paths that practitioners have made for each other.",
}


def make_home_page(apps, schema_editor):
    home_page = apps.get_model("home", "HomePage")
    page = apps.get_model("wagtailcore", "Page")
    content_type = apps.get_model("contenttypes", "ContentType")
    plain, _ = content_type.objects.get_or_create(app_label="wagtailcore", model="page")
    welcome = page.objects.filter(path=WELCOME_PATH, content_type=plain, numchild=0).first()
    if welcome is None or home_page.objects.exists():
        return
    ours, _ = content_type.objects.get_or_create(app_label="home", model="homepage")
    page.objects.filter(pk=welcome.pk).update(content_type=ours, **WELCOME)
    welcome.refresh_from_db()
    home = home_page(page_ptr_id=welcome.pk, **HERO)
    home.__dict__.update({field.attname: getattr(welcome, field.attname) for field in page._meta.concrete_fields})
    home.save()


def unmake_home_page(apps, schema_editor):
    home_page = apps.get_model("home", "HomePage")
    page = apps.get_model("wagtailcore", "Page")
    plain = apps.get_model("contenttypes", "ContentType").objects.get(app_label="wagtailcore", model="page")
    for home in home_page.objects.filter(path=WELCOME_PATH, numchild=0):
        page.objects.filter(pk=home.pk).update(content_type=plain)
        home.delete(keep_parents=True)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_the_four_areas"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(make_home_page, unmake_home_page)]
