import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('municipality', '0002_rule_corrections'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosingDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='dato')),
                ('name', models.CharField(max_length=80, verbose_name='hvorfor')),
            ],
            options={
                'verbose_name': 'lukkedag',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True, verbose_name='hemmelighedens SHA-256')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='lavet')),
                ('fetched_on', models.DateField(blank=True, null=True, verbose_name='sidst hentet')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'kalenderadresse',
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='Som enheden selv siger, fx Android.', max_length=40, verbose_name='telefon')),
                ('session', models.CharField(max_length=40, verbose_name='seneste login')),
                ('registered_at', models.DateTimeField(auto_now_add=True, verbose_name='taget i brug')),
                ('seen_at', models.DateTimeField(verbose_name='sidst set')),
                ('lost_at', models.DateTimeField(blank=True, null=True, verbose_name='meldt mistet')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='fik besked på at slette')),
                ('lost_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='meldt mistet af')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'telefon',
                'ordering': ['-seen_at'],
            },
        ),
    ]
