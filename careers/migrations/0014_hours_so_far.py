"""The ledger of hours begins with what was completed before there was one, at the minutes that pages have today."""

from django.db import migrations

CHUNK = 1000


def fill(apps, schema_editor):
    completions = apps.get_model("careers", "Completion").objects
    hours = apps.get_model("careers", "LearningHours").objects
    todo = completions.exclude(page__kind="masterclass").select_related("page").order_by("pk")
    areas = areas_by_page(apps)
    rows = []
    for completion in todo.iterator(chunk_size=CHUNK):
        rows.append(
            hours.model(
                person_id=completion.person_id,
                page_id=completion.page_id,
                title=completion.page.title,
                kind=completion.page.kind,
                areas=areas.get(completion.page_id, []),
                minutes=completion.page.minutes,
                how=completion.how,
                completed_at=completion.completed_at,
            )
        )
    hours.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def areas_by_page(apps):
    found = {}
    through = apps.get_model("home", "ContentPage").areas.through.objects
    for page, title in through.order_by("area__title").values_list("contentpage_id", "area__title"):
        found.setdefault(page, []).append(title)
    return found


class Migration(migrations.Migration):
    dependencies = [("careers", "0013_proof_of_learning")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
