"""The four areas that the portal comes with; editors may change them and add others."""

from django.db import migrations

AREAS = (
    (
        "marketplace",
        "The marketplace",
        "Who is hiring, for which roles, on what terms, and how to be the person they choose.",
        "indigo",
    ),
    (
        "job-tools",
        "Job tools",
        "The methods, templates and figures of the daily work, and how to show what they achieve.",
        "amber",
    ),
    (
        "training",
        "Training and development",
        "Courses, certificates and habits that move a career on, and what each of them is worth.",
        "teal",
    ),
    (
        "networking",
        "Networking",
        "Meeting people who do the same work, staying in touch, and hearing of chances early.",
        "rose",
    ),
)


def add(apps, schema_editor):
    area = apps.get_model("home", "Area")
    for order, (slug, title, summary, hue) in enumerate(AREAS, start=1):
        values = {"title": title, "summary": summary, "hue": hue, "sort_order": order * 10}
        area.objects.get_or_create(slug=slug, defaults=values)


def remove(apps, schema_editor):
    apps.get_model("home", "Area").objects.filter(slug__in=[area[0] for area in AREAS]).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
