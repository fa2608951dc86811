"""Single captions for transcript and search, from the captions that are there; on PostgreSQL with an index of words.

The search learns of captions from before by `manage.py rebuild_captions`.
"""

import django.db.models.deletion
import masterclasses.fields
from django.db import migrations, models


def index_words(apps, schema_editor):
    """A column that the database keeps, with its own language of text search: that of every search of the portal."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('default_text_search_config')")
        config = cursor.fetchone()[0]
        cursor.execute(
            "ALTER TABLE masterclasses_cue ADD COLUMN words tsvector"
            rf" GENERATED ALWAYS AS (to_tsvector('{config}'::regconfig, regexp_replace(text, '\W+', ' ', 'g'))) STORED"
        )
        cursor.execute("CREATE INDEX masterclasses_cue_words ON masterclasses_cue USING gin (words)")


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE masterclasses_cue DROP COLUMN IF EXISTS words")


def derive(apps, schema_editor):
    from masterclasses.captions import markup
    from masterclasses.captions.intake import take_text
    from masterclasses.captions.words import folded_line

    Cue = apps.get_model("masterclasses", "Cue")
    for row in apps.get_model("masterclasses", "PartCaptions").objects.iterator(chunk_size=50):
        Cue.objects.bulk_create(
            (
                Cue(
                    captions=row,
                    part_id=row.part_id,
                    language=row.language,
                    start_ms=cue.start,
                    end_ms=cue.end,
                    speaker=markup.speaker(cue.payload)[:100],
                    text=cue.text,
                    folded=folded_line(cue.text),
                )
                for cue in take_text(row.webvtt).cues
            ),
            batch_size=500,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('masterclasses', '0006_uploads'),
    ]

    operations = [
        migrations.AddField(
            model_name='partcaptions',
            name='origin',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='came from'),
        ),
        migrations.AlterField(
            model_name='partcaptions',
            name='language',
            field=models.CharField(default='en', help_text='For example: en, de, fr', max_length=35, verbose_name='language'),
        ),
        migrations.AlterField(
            model_name='partcaptions',
            name='webvtt',
            field=models.TextField(help_text='WebVTT, to write or mend by hand. A chosen file replaces what is here.', verbose_name='captions'),
        ),
        migrations.AlterField(
            model_name='partchapter',
            name='start',
            field=masterclasses.fields.SecondsField(help_text='Minutes and seconds, for example 2:05 or 1:02:05.', verbose_name='starts at'),
        ),
        migrations.CreateModel(
            name='Cue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('start_ms', models.PositiveIntegerField(verbose_name='from')),
                ('end_ms', models.PositiveIntegerField(verbose_name='to')),
                ('speaker', models.CharField(blank=True, max_length=100, verbose_name='speaker')),
                ('text', models.TextField(verbose_name='text')),
                ('folded', models.TextField(help_text='The words in lower case and without accents, each between two spaces.', verbose_name='folded text')),
                ('captions', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cues', to='masterclasses.partcaptions', verbose_name='captions')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cues', to='masterclasses.partpage', verbose_name='part')),
            ],
            options={
                'verbose_name': 'caption',
                'verbose_name_plural': 'single captions',
                'indexes': [models.Index(fields=['captions', 'start_ms'], name='cues_in_order')],
            },
        ),
        migrations.RunPython(index_words, forget_words),
        migrations.RunPython(derive, migrations.RunPython.noop),
    ]
