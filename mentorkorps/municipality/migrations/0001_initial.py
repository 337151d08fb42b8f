import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                ('role', models.CharField(choices=[('caseworker', 'sagsbehandler'), ('mentor', 'mentor'), ('company_mentor', 'faglig mentor'), ('provider', 'leverandør'), ('coordinator', 'fagkoordinator'), ('controller', 'økonom'), ('leader', 'leder'), ('secretary', 'udvalgssekretær'), ('dpo', 'databeskyttelsesrådgiver'), ('administrator', 'administrator')], max_length=20, verbose_name='rolle')),
                ('is_active', models.BooleanField(default=True, verbose_name='kan logge ind')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='oprettet')),
            ],
            options={
                'verbose_name': 'bruger',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='navn')),
                ('kind', models.CharField(choices=[('supplier', 'leverandør'), ('company', 'virksomhed'), ('education', 'uddannelsesinstitution')], max_length=10, verbose_name='art')),
                ('cvr', models.CharField(blank=True, max_length=8, verbose_name='CVR-nummer')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
            ],
            options={
                'verbose_name': 'leverandør',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='TaskTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('social', 'social mentor'), ('company', 'faglig mentor'), ('not_mentor', 'ikke mentors opgave')], max_length=10, verbose_name='art')),
                ('title', models.CharField(max_length=200, unique=True, verbose_name='opgave')),
                ('source', models.CharField(max_length=120, verbose_name='kilde')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rækkefølge')),
            ],
            options={
                'verbose_name': 'opgave i kataloget',
                'ordering': ['kind', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='navn')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'enhed',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Mentor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefon')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('kind', models.CharField(choices=[('internal', 'intern mentor'), ('supplier', 'mentor hos leverandør'), ('company', 'faglig mentor i virksomhed'), ('education', 'faglig mentor på uddannelse')], max_length=10, verbose_name='art')),
                ('gender', models.CharField(blank=True, choices=[('k', 'kvinde'), ('m', 'mand')], max_length=1, verbose_name='køn')),
                ('languages', models.JSONField(default=list, help_text='Sprogkoder, fx da, ar, en.', verbose_name='sprog')),
                ('districts', models.JSONField(default=list, verbose_name='områder')),
                ('skills', models.JSONField(default=list, verbose_name='kompetencer')),
                ('max_citizens', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='højst antal borgere')),
                ('active_from', models.DateField(verbose_name='fra')),
                ('active_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='municipality.provider', verbose_name='leverandør')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='municipality.unit', verbose_name='enhed')),
            ],
            options={
                'verbose_name': 'mentor',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'internal'), ('provider__isnull', False), _connector='OR'), name='bought_mentor_has_provider'), models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='mentor_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='MentorTraining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='uddannelse')),
                ('completed_on', models.DateField(verbose_name='gennemført')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='udløber')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training', to='municipality.mentor', verbose_name='mentor')),
            ],
            options={
                'verbose_name': 'uddannelse',
                'ordering': ['-completed_on'],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('code', models.CharField(max_length=3, verbose_name='kommunekode')),
                ('address', models.CharField(max_length=120, verbose_name='adresse')),
                ('phone', models.CharField(max_length=20, verbose_name='telefon')),
                ('case_prefix', models.CharField(max_length=4, verbose_name='forkortelse i sagsnumre')),
                ('last_case_number', models.PositiveIntegerField(default=0, verbose_name='sidste sagsnummer')),
                ('visitation_days', models.PositiveSmallIntegerField(default=14, help_text='Kommunens egen frist fra henvisning til visitation (RSL § 3).', verbose_name='dage til visitation')),
                ('hearing_days', models.PositiveSmallIntegerField(default=14, verbose_name='dage til partshøring')),
                ('synthetic', models.BooleanField(default=False, help_text='Alle personer er opdigtede. Sættes kun, når en prøvekommune oprettes.', verbose_name='prøvedata')),
                ('world_date', models.DateField(blank=True, help_text='Den dag, en prøvekommune lever på. Tom i drift: så er det i dag.', null=True, verbose_name='prøvedatas dato')),
            ],
            options={
                'verbose_name': 'kommune',
                'constraints': [models.CheckConstraint(condition=models.Q(('world_date__isnull', True), ('synthetic', True), _connector='OR'), name='only_synthetic_stands_still')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='provider',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='municipality.provider', verbose_name='leverandør'),
        ),
        migrations.CreateModel(
            name='ServiceLevel',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='navn')),
                ('source', models.CharField(max_length=300, verbose_name='kilde')),
                ('committee', models.CharField(blank=True, max_length=120, verbose_name='udvalg')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='sagsnummer')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='vedtaget')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='gælder fra')),
                ('in_force_to', models.DateField(blank=True, null=True, verbose_name='gælder til')),
                ('example', models.BooleanField(default=False, verbose_name='eksempeldata')),
                ('note', models.TextField(blank=True, verbose_name='bemærkning')),
            ],
            options={
                'verbose_name': 'serviceniveau',
                'ordering': ['-in_force_from', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('in_force_to__isnull', True), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='level_ends_after_start'), models.UniqueConstraint(fields=('in_force_from',), name='one_level_from_a_day')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='municipality.unit', verbose_name='enhed'),
        ),
        migrations.CreateModel(
            name='MentorAbsence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='første dag')),
                ('last', models.DateField(blank=True, null=True, verbose_name='sidste dag')),
                ('reason', models.CharField(choices=[('sick', 'syg'), ('holiday', 'ferie'), ('course', 'kursus'), ('leave', 'orlov')], max_length=10, verbose_name='grund')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='municipality.mentor', verbose_name='mentor')),
            ],
            options={
                'verbose_name': 'mentorfravær',
                'ordering': ['-first'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__isnull', True), ('last__gte', models.F('first')), _connector='OR'), name='mentor_absence_ends')],
            },
        ),
        migrations.CreateModel(
            name='MentorHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='fra')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='til')),
                ('minutes_per_week', models.PositiveIntegerField(verbose_name='minutter om ugen')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='bemærkning')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours', to='municipality.mentor', verbose_name='mentor')),
            ],
            options={
                'verbose_name': 'mentortid',
                'ordering': ['mentor', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('mentor', 'valid_from'), name='one_mentor_hours_a_day'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='mentor_hours_end_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ServiceLevelRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, verbose_name='nøgle')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rækkefølge')),
                ('label', models.CharField(max_length=160, verbose_name='betegnelse')),
                ('functions', models.JSONField(default=list, verbose_name='funktioner')),
                ('target_groups', models.JSONField(default=list, verbose_name='målgrupper')),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fra alder')),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='til og med alder')),
                ('obligation', models.CharField(choices=[('must', 'Skal'), ('right', 'Ret'), ('may', 'Kan')], max_length=5, verbose_name='skal, ret eller kan')),
                ('minutes_per_week', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutter om ugen')),
                ('weeks', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='uger')),
                ('who_may', models.CharField(blank=True, max_length=200, verbose_name='hvem kan være mentor')),
                ('criteria', models.TextField(blank=True, verbose_name='kriterier')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='municipality.servicelevel', verbose_name='serviceniveau')),
            ],
            options={
                'verbose_name': 'række i serviceniveau',
                'ordering': ['level', 'position'],
                'constraints': [models.UniqueConstraint(fields=('level', 'key'), name='one_row_a_key')],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'provider'), _negated=True), ('provider__isnull', False), _connector='OR'), name='provider_user_has_provider'),
        ),
    ]
