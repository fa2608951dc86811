import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0008_reading_ledger"),
        ("home", "0001_initial"),
    ]

    operations = [
        migrations.AddField("pathstage", "key", models.CharField(max_length=32, default="", blank=True)),
        migrations.AddField(
            "pathstage",
            "after",
            models.JSONField(
                "what comes first",
                default=list,
                blank=True,
                help_text="Stages above this one that are best done before it.",
            ),
        ),
        migrations.AddField(
            "pathstage",
            "gate",
            models.CharField(
                "how strictly",
                max_length=10,
                choices=[
                    ("advice", "Advice: readers are told what is best done first"),
                    ("lock", "Lock: the stage opens when those stages are done"),
                ],
                default="advice",
            ),
        ),
        migrations.AddField(
            "pathstep",
            "page_title",
            models.CharField(max_length=255, blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField("pathstep", "page_deleted_at", models.DateTimeField(null=True, blank=True, editable=False)),
        migrations.AlterField(
            "pathstep",
            "page",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="path_steps",
                to="home.contentpage",
                verbose_name="page",
            ),
        ),
    ]
