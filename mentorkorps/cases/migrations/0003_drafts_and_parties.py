import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_decision_in_full'),
        ('municipality', '0003_calendar_and_phones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=40, verbose_name='side')),
                ('object_id', models.UUIDField(verbose_name='nøgle i adressen')),
                ('fields', models.JSONField(help_text='Feltets navn → de værdier, der er skrevet.', verbose_name='felter')),
                ('saved_at', models.DateTimeField(verbose_name='gemt')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.citizen', verbose_name='borger')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'verbose_name': 'kladde',
                'ordering': ['-saved_at'],
                'indexes': [models.Index(fields=['saved_at'], name='drafts_by_age')],
                'constraints': [models.UniqueConstraint(fields=('user', 'page', 'object_id'), name='one_draft_a_person_and_form')],
            },
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['end', 'start'], name='grants_by_period'),
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('information', models.CharField(max_length=200, verbose_name='hvilke oplysninger')),
                ('purpose', models.CharField(blank=True, max_length=200, verbose_name='til hvad')),
                ('direction', models.CharField(choices=[('both', 'begge veje'), ('to_party', 'kun fra kommunen til parten'), ('from_party', 'kun fra parten til kommunen')], default='both', max_length=10, verbose_name='hvilken vej')),
                ('how', models.CharField(blank=True, choices=[('written', 'skriftligt'), ('oral', 'mundtligt, noteret i sagen')], max_length=7, verbose_name='hvordan givet')),
                ('given_on', models.DateField(verbose_name='givet')),
                ('until', models.DateField(blank=True, null=True, verbose_name='til og med')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='trukket tilbage')),
            ],
            options={
                'verbose_name': 'samtykke',
                'ordering': ['-given_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FinishedStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=200, verbose_name='skridt')),
                ('owner', models.CharField(blank=True, max_length=80, verbose_name='hvem gjorde det')),
                ('due', models.DateField(blank=True, null=True, verbose_name='skulle ske')),
                ('done_on', models.DateField(verbose_name='gjort')),
            ],
            options={
                'verbose_name': 'gjort skridt',
                'ordering': ['-done_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TaskMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_stage', models.CharField(choices=[('mentor', 'mentor gør det'), ('together', 'sammen'), ('citizen', 'borger gør det'), ('done', 'løst')], max_length=8, verbose_name='fra')),
                ('since', models.DateField(verbose_name='siden')),
                ('to_stage', models.CharField(choices=[('mentor', 'mentor gør det'), ('together', 'sammen'), ('citizen', 'borger gør det'), ('done', 'løst')], max_length=8, verbose_name='til')),
                ('on', models.DateField(verbose_name='flyttet')),
                ('undone', models.BooleanField(default=False, verbose_name='fortrudt')),
            ],
            options={
                'verbose_name': 'flytning af opgave',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='party',
            name='gives',
            field=models.CharField(blank=True, max_length=120, verbose_name='hjælp, de giver'),
        ),
        migrations.AddField(
            model_name='party',
            name='kind',
            field=models.CharField(choices=[('social', 'Socialforvaltning'), ('homeless', 'Hjemløseenhed'), ('shelter', 'Krisecenter'), ('home_support', 'Bostøtte eller anden støtte'), ('doctor', 'Læge'), ('psychiatry', 'Psykiatri'), ('treatment', 'Misbrugsbehandling'), ('benefit', 'Udbetaling Danmark eller ydelser'), ('job', 'Jobindsats'), ('education', 'Uddannelse'), ('company', 'Virksomhed'), ('family_unit', 'Børne-Familie'), ('association', 'Forening'), ('relative', 'Pårørende'), ('other', 'Anden')], default='other', max_length=14, verbose_name='art'),
        ),
        migrations.AddField(
            model_name='party',
            name='minutes_per_week',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutter om ugen'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('minutes_per_week__isnull', True), ('minutes_per_week__lte', 10080), _connector='OR'), name='help_fits_in_a_week'),
        ),
        migrations.AddField(
            model_name='consent',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='cases.citizen', verbose_name='borger'),
        ),
        migrations.AddField(
            model_name='consent',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='cases.party', verbose_name='part'),
        ),
        migrations.AddField(
            model_name='consent',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noteret af'),
        ),
        migrations.AddField(
            model_name='finishedstep',
            name='noted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noteret af'),
        ),
        migrations.AddField(
            model_name='finishedstep',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finished', to='cases.party', verbose_name='part'),
        ),
        migrations.AddField(
            model_name='taskmove',
            name='moved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='flyttet af'),
        ),
        migrations.AddField(
            model_name='taskmove',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='cases.task', verbose_name='opgave'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('given_on')), _connector='OR'), name='consent_ends_after_given'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_withdrawn_after_given'),
        ),
    ]
