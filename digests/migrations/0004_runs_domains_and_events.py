import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('digests', '0003_subscribers_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=254, unique=True, verbose_name='domain')),
                ('closed_until', models.DateTimeField(blank=True, null=True, verbose_name='left alone until')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('deferrals', models.PositiveIntegerField(default=0)),
                ('rests', models.PositiveIntegerField(default=0)),
                ('refusals', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'mail domain',
                'verbose_name_plural': 'mail domains',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=254, unique=True, verbose_name='domain')),
                ('next_at', models.DateTimeField(null=True)),
                ('hour', models.DateTimeField(null=True)),
                ('in_hour', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'pace',
                'verbose_name_plural': 'paces',
                'ordering': ('name',),
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='deferred_since',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='receipt',
            field=models.CharField(blank=True, choices=[('deferred', 'Deferred'), ('delivered', 'Delivered'), ('bounced', 'Came back'), ('complained', 'Reported as spam')], default='', editable=False, max_length=12, verbose_name='afterwards'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='slot_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='skip',
            field=models.CharField(blank=True, choices=[('nothing_new', 'Nothing new in the chosen areas'), ('nothing_left', 'All that was chosen is no longer public'), ('not_subscribed', 'No longer subscribed when it was to be sent'), ('stopped', 'The run was ended before its turn came')], editable=False, max_length=16, verbose_name='why skipped'),
        ),
        migrations.CreateModel(
            name='MailEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=30, verbose_name='reported by')),
                ('event_id', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('deferred', 'Deferred'), ('delivered', 'Delivered'), ('bounced', 'Came back'), ('complained', 'Reported as spam')], max_length=12, verbose_name='what')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for its delivery'), ('used', 'Recorded'), ('lost', 'Belongs to no delivery')], default='waiting', max_length=8, verbose_name='state')),
                ('message_id', models.UUIDField(null=True)),
                ('recipient', models.CharField(blank=True, max_length=254, verbose_name='recipient')),
                ('status_code', models.CharField(blank=True, max_length=20)),
                ('said', models.CharField(blank=True, max_length=500, verbose_name='said')),
                ('happened_at', models.DateTimeField(verbose_name='happened')),
                ('heard_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='heard')),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='digests.delivery')),
            ],
            options={
                'verbose_name': 'mail event',
                'verbose_name_plural': 'mail events',
                'ordering': ('-heard_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True, verbose_name='period')),
                ('state', models.CharField(choices=[('going', 'Going'), ('paused', 'Paused'), ('ended', 'Ended'), ('closed', 'All accounted for')], default='going', editable=False, max_length=8, verbose_name='state')),
                ('reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='reason')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='began')),
                ('handed_over', models.PositiveIntegerField(default=0, editable=False, verbose_name='handed over')),
                ('recent', models.CharField(blank=True, editable=False, max_length=200)),
                ('hard_bounces', models.PositiveIntegerField(default=0, editable=False, verbose_name='addresses that do not exist')),
                ('complaints', models.PositiveIntegerField(default=0, editable=False, verbose_name='complaints')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
            ],
            options={
                'verbose_name': 'run',
                'verbose_name_plural': 'runs',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='run',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='digests.run', verbose_name='run'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['run', 'next_try_at', 'id'], name='delivery_run_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['run', 'outcome', 'skip'], name='delivery_run_outcomes'),
        ),
        migrations.AddIndex(
            model_name='mailevent',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['heard_at'], name='mail_event_waiting'),
        ),
        migrations.AddConstraint(
            model_name='mailevent',
            constraint=models.UniqueConstraint(fields=('source', 'event_id'), name='one_mail_event_by_its_id'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('state', 'going')), fields=['key'], name='run_going'),
        ),
    ]
