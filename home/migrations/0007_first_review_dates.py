from datetime import timedelta

from django.db import migrations
from django.utils import timezone

#: As `home.desk.review_periods` has it: what is not here is a record of its day.
DAYS = {"article": 365, "resource": 182, "path": 182, "masterclass": 365, "part": 730}


def give_published_pages_a_date(apps, schema_editor):
    """From today, for nobody can look at all pages at once: spread over the period, in the order of their age."""
    today = timezone.now().date()
    ContentPage, PageReview = apps.get_model("home", "ContentPage"), apps.get_model("home", "PageReview")
    for kind, days in DAYS.items():
        pages = list(ContentPage.objects.filter(live=True, kind=kind).order_by("published_on", "pk").values_list("pk", flat=True))
        PageReview.objects.bulk_create(
            [
                PageReview(page_id=pk, review_by=today + timedelta(days=30 + days * place // max(len(pages), 1)))
                for place, pk in enumerate(pages)
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0006_review_dates'),
    ]

    operations = [
        migrations.RunPython(give_published_pages_a_date, migrations.RunPython.noop),
    ]
