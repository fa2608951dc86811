import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("digests", "0005_a_run_for_each_period")]
    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="digests.run",
                verbose_name="run",
            ),
        ),
    ]
