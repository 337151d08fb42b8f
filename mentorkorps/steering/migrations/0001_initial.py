import django.db.models.deletion
import mentorkorps.steering.models.json_text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('municipality', '0003_calendar_and_phones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='navn')),
                ('purpose', models.TextField(verbose_name='hvad forslaget vil')),
                ('in_force_from', models.DateField(verbose_name='skal gælde fra')),
                ('state', models.CharField(choices=[('draft', 'Kladde'), ('put_forward', 'Fremlagt'), ('postponed', 'Udsat'), ('second_reading', 'Anden behandling skrives'), ('adopted', 'Vedtaget'), ('rejected', 'Forkastet'), ('noted', 'Drøftet eller taget til efterretning')], default='draft', max_length=14, verbose_name='tilstand')),
                ('created_on', models.DateField(verbose_name='oprettet')),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipality.servicelevel', verbose_name='bygger på')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oprettet af')),
                ('level', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='municipality.servicelevel', verbose_name='blev til')),
            ],
            options={
                'verbose_name': 'forslag til serviceniveau',
                'ordering': ['-created_on', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level__isnull', False), ('state', 'adopted')), models.Q(models.Q(('state', 'adopted'), _negated=True), ('level__isnull', True)), _connector='OR'), name='adopted_proposal_is_a_level')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=160, verbose_name='titel')),
                ('kind', models.CharField(choices=[('B', 'Beslutning (B)'), ('D', 'Drøftelse (D)'), ('O', 'Orientering (O)')], max_length=1, verbose_name='type')),
                ('authority', models.CharField(max_length=80, verbose_name='kommune')),
                ('committee', models.CharField(max_length=120, verbose_name='udvalg')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='sagsnr.')),
                ('document_number', models.CharField(blank=True, max_length=40, verbose_name='dok.nr.')),
                ('is_open', models.BooleanField(default=True, verbose_name='åbent punkt')),
                ('closed_reason', models.CharField(blank=True, max_length=200, verbose_name='hvorfor lukket')),
                ('competence', models.CharField(blank=True, max_length=160, verbose_name='kompetence')),
                ('template', models.CharField(max_length=40, verbose_name='skabelon')),
                ('created_on', models.DateField(verbose_name='oprettet')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oprettet af')),
                ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipality.servicelevel', verbose_name='serviceniveau')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='steering.proposal', verbose_name='forslag')),
            ],
            options={
                'verbose_name': 'udvalgssag',
                'ordering': ['-created_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_open', True), models.Q(('closed_reason', ''), _negated=True), _connector='OR'), name='closed_paper_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='behandling')),
                ('meeting_on', models.DateField(verbose_name='møde')),
                ('item_number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='punkt')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='sendt')),
                ('outcome', models.CharField(blank=True, choices=[('postponed', 'Udsat'), ('adopted', 'Godkendt'), ('rejected', 'Forkastet'), ('noted', 'Drøftet eller taget til efterretning')], max_length=10, verbose_name='udfald')),
                ('decision', models.TextField(blank=True, verbose_name='beslutning')),
                ('absent', models.CharField(blank=True, max_length=300, verbose_name='fraværende')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='steering.paper', verbose_name='sag')),
            ],
            options={
                'verbose_name': 'behandling',
                'ordering': ['paper', 'number'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'number'), name='one_reading_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('decision', ''), _negated=True), ('sent_on__isnull', False)), _connector='OR'), name='decision_of_a_sent_paper')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='rækkefølge')),
                ('question', models.CharField(max_length=400, verbose_name='spørgsmål')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='steering.reading', verbose_name='behandling')),
            ],
            options={
                'verbose_name': 'spørgsmål',
                'ordering': ['reading', 'position'],
                'constraints': [models.UniqueConstraint(fields=('reading', 'position'), name='one_question_a_place')],
            },
        ),
        migrations.CreateModel(
            name='PaperVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('stage', models.CharField(choices=[('agenda', 'Sendt til mødet'), ('minutes', 'Efter mødet')], max_length=8, verbose_name='trin')),
                ('document', models.JSONField(verbose_name='dokument')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingeraftryk')),
                ('made_on', models.DateField(verbose_name='låst')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='låst af')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='steering.paper', verbose_name='sag')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='steering.reading', verbose_name='behandling')),
            ],
            options={
                'verbose_name': 'version af sag',
                'ordering': ['paper', 'number'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'number'), name='one_paper_version_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.SlugField(max_length=30, verbose_name='art')),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
                ('inputs', mentorkorps.steering.models.json_text.ExactJSON(verbose_name='det, der er regnet på')),
                ('input_hash', models.CharField(max_length=64, verbose_name='fingeraftryk')),
                ('law_version', models.CharField(max_length=64, verbose_name='lovens udgave')),
                ('code_version', models.CharField(max_length=40, verbose_name='programmets udgave')),
                ('result', mentorkorps.steering.models.json_text.ExactJSON(verbose_name='resultat')),
                ('made_on', models.DateField(verbose_name='kommunens dag')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
            ],
            options={
                'verbose_name': 'beregning',
                'ordering': ['-made_at', '-id'],
                'indexes': [models.Index(fields=['-made_at', '-id'], name='runs_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='ProposalVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('changes', models.JSONField(default=list, verbose_name='ændringer')),
                ('put_forward_on', models.DateField(blank=True, null=True, verbose_name='fremlagt')),
                ('outcome', models.CharField(blank=True, choices=[('draft', 'Kladde'), ('put_forward', 'Fremlagt'), ('postponed', 'Udsat'), ('second_reading', 'Anden behandling skrives'), ('adopted', 'Vedtaget'), ('rejected', 'Forkastet'), ('noted', 'Drøftet eller taget til efterretning')], max_length=14, verbose_name='udfald')),
                ('outcome_on', models.DateField(blank=True, null=True, verbose_name='behandlet')),
                ('questions', models.JSONField(default=list, verbose_name='spørgsmål')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='steering.proposal', verbose_name='forslag')),
                ('runs', models.ManyToManyField(related_name='+', to='steering.run', verbose_name='beregninger')),
            ],
            options={
                'verbose_name': 'version af forslag',
                'ordering': ['proposal', 'number'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'number'), name='one_version_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_on__isnull', True)), models.Q(models.Q(('outcome', ''), _negated=True), ('outcome_on__isnull', False), ('put_forward_on__isnull', False)), _connector='OR'), name='outcome_after_put_forward')],
            },
        ),
        migrations.CreateModel(
            name='PaperFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60, verbose_name='navn')),
                ('path', models.CharField(max_length=200, verbose_name='hvor i beregningen')),
                ('label', models.CharField(max_length=200, verbose_name='betegnelse')),
                ('value', mentorkorps.steering.models.json_text.ExactJSON(null=True, verbose_name='værdi')),
                ('shown', models.CharField(max_length=200, verbose_name='som vist')),
                ('block', models.JSONField(null=True, verbose_name='tabel eller diagram')),
                ('fetched_on', models.DateField(verbose_name='hentet')),
                ('fetched_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hentet af')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='steering.paper', verbose_name='sag')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='steering.run', verbose_name='beregning')),
            ],
            options={
                'verbose_name': 'tal i sag',
                'ordering': ['paper', 'id'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'name'), name='one_figure_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Deck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
                ('authority', models.CharField(max_length=80, verbose_name='kommune')),
                ('committee', models.CharField(max_length=120, verbose_name='udvalg')),
                ('meeting_on', models.DateField(verbose_name='mødets dag')),
                ('created_on', models.DateField(verbose_name='oprettet')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oprettet af')),
                ('corps', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='steering.run', verbose_name='korpset')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='steering.run', verbose_name='beregning')),
            ],
            options={
                'verbose_name': 'oplæg',
                'ordering': ['-created_on', 'title'],
            },
        ),
        migrations.CreateModel(
            name='DeckSlide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='lysbillede')),
                ('title', models.CharField(max_length=90, verbose_name='overskrift')),
                ('text', models.TextField(blank=True, verbose_name='tekst')),
                ('shown', models.BooleanField(default=True, verbose_name='er med')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='gemt gange')),
                ('deck', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slides', to='steering.deck', verbose_name='oplæg')),
            ],
            options={
                'verbose_name': 'lysbillede',
                'ordering': ['deck', 'id'],
                'constraints': [models.UniqueConstraint(fields=('deck', 'key'), name='one_slide_a_key')],
            },
        ),
        migrations.CreateModel(
            name='DeckVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('document', models.JSONField(verbose_name='dokument')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingeraftryk')),
                ('made_on', models.DateField(verbose_name='låst')),
                ('deck', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='steering.deck', verbose_name='oplæg')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='låst af')),
            ],
            options={
                'verbose_name': 'version af oplæg',
                'ordering': ['deck', 'number'],
                'constraints': [models.UniqueConstraint(fields=('deck', 'number'), name='one_deck_version_a_number')],
            },
        ),
        migrations.CreateModel(
            name='FullTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True, verbose_name='gælder fra')),
                ('minutes_per_year', models.PositiveIntegerField(verbose_name='direkte minutter om året')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sat af')),
            ],
            options={
                'verbose_name': 'direkte tid for en fuldtidsmentor',
                'ordering': ['-valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes_per_year__gt', 0)), name='full_time_is_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Annex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='bilag')),
                ('title', models.CharField(max_length=160, verbose_name='titel')),
                ('document_number', models.CharField(blank=True, max_length=40, verbose_name='dok.nr.')),
                ('made', models.CharField(blank=True, choices=[('may_must', 'Kan- og skal-opgaver med timer og kroner')], max_length=10, verbose_name='skrives af programmet')),
                ('ore_per_hour', models.PositiveIntegerField(blank=True, null=True, verbose_name='øre pr. time')),
                ('added_on', models.DateField(verbose_name='tilføjet')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='steering.annex', verbose_name='retter')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annexes', to='steering.paper', verbose_name='sag')),
            ],
            options={
                'verbose_name': 'bilag',
                'ordering': ['paper', 'number', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('paper', 'number'), name='one_annex_a_number')],
            },
        ),
        migrations.CreateModel(
            name='PaperText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, verbose_name='afsnit')),
                ('text', models.TextField(blank=True, verbose_name='tekst')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='gemt gange')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='steering.paper', verbose_name='sag')),
            ],
            options={
                'verbose_name': 'afsnit',
                'ordering': ['paper', 'key'],
                'constraints': [models.UniqueConstraint(fields=('paper', 'key'), name='one_text_a_key')],
            },
        ),
    ]
