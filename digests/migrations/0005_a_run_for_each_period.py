"""Deliveries that are there belong to the run of their period, from its first one on."""

from django.db import migrations
from django.db.models import Min


def give_each_its_run(apps, schema_editor):
    Delivery, Run = apps.get_model("digests", "Delivery"), apps.get_model("digests", "Run")
    periods = Delivery.objects.order_by().values_list("period_key").annotate(Min("created_at"))
    for period, first in periods.iterator():
        key = "now" if period.startswith("now ") else period
        run, _is_new = Run.objects.get_or_create(key=key, defaults={"created_at": first})
        Delivery.objects.filter(period_key=period).update(run=run)


class Migration(migrations.Migration):
    dependencies = [("digests", "0004_runs_domains_and_events")]
    operations = [migrations.RunPython(give_each_its_run, migrations.RunPython.noop)]
