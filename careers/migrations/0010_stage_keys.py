import careers.models.steps
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    PathStage = apps.get_model("careers", "PathStage")
    PathStep = apps.get_model("careers", "PathStep")
    ContentPage = apps.get_model("home", "ContentPage")
    stages = list(PathStage.objects.filter(key=""))
    for stage in stages:
        stage.key = careers.models.steps.new_stage_key()
    PathStage.objects.bulk_update(stages, ["key"], batch_size=500)
    titles = ContentPage.objects.filter(pk=OuterRef("page")).values("title")
    PathStep.objects.filter(page_title="", page__isnull=False).update(page_title=Subquery(titles[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0009_stages_that_come_first"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "pathstage",
            "key",
            models.CharField(max_length=32, default=careers.models.steps.new_stage_key, blank=True),
        ),
        migrations.AddConstraint(
            "pathstage",
            models.UniqueConstraint(
                fields=("path", "key"), condition=models.Q(("key", ""), _negated=True), name="one_stage_per_key"
            ),
        ),
    ]
