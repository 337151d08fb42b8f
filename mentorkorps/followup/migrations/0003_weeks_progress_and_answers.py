import datetime
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_drafts_and_parties'),
        ('followup', '0002_retracted_contacts'),
        ('municipality', '0003_calendar_and_phones'),
    ]

    operations = [
        migrations.CreateModel(
            name='CitizenWish',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='ønske')),
                ('said_at', models.DateTimeField(verbose_name='skrevet')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citizen_wishes', to='cases.course', verbose_name='forløb')),
            ],
            options={
                'verbose_name': 'borgerens ønske',
                'ordering': ['-said_at'],
            },
        ),
        migrations.CreateModel(
            name='CitizenAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('met', models.CharField(choices=[('yes', 'ja'), ('no', 'nej'), ('unsure', 'ved ikke')], max_length=6, verbose_name='mødtes I')),
                ('newest', models.BooleanField(default=True, verbose_name='nyeste svar')),
                ('answered_at', models.DateTimeField(verbose_name='svaret')),
                ('followed_up_on', models.DateField(blank=True, null=True, verbose_name='fulgt op')),
                ('followed_up_note', models.CharField(blank=True, max_length=300, verbose_name='hvad viste det sig at være')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citizen_answers', to='followup.contact', verbose_name='kontakt')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citizen_answers', to='cases.course', verbose_name='forløb')),
                ('followed_up_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'borgerens svar',
                'ordering': ['-answered_at'],
                'indexes': [models.Index(fields=['course', '-answered_at'], name='answers_of_course'), models.Index(condition=models.Q(('followed_up_on__isnull', True), ('met', 'no'), ('newest', True)), fields=['-answered_at'], name='answers_to_follow_up')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('newest', True)), fields=('contact',), name='one_newest_answer_a_contact')],
            },
        ),
        migrations.CreateModel(
            name='CitizenLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('secret_hash', models.CharField(max_length=64, unique=True, verbose_name='linkets SHA-256')),
                ('made_at', models.DateTimeField(verbose_name='lavet')),
                ('opens_until', models.DateTimeField(verbose_name='kan åbnes til')),
                ('closed', models.BooleanField(default=False, verbose_name='lukket')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='åbnet')),
                ('visit_hash', models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name='besøgets SHA-256')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='sidst set')),
                ('language', models.CharField(blank=True, max_length=3, verbose_name='sprog')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citizen_links', to='cases.course', verbose_name='forløb')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lavet af')),
            ],
            options={
                'verbose_name': 'link til borgerens side',
                'ordering': ['-made_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('seen_at__isnull', True), ('visit_hash__isnull', True)), models.Q(('opened_at__isnull', False), ('seen_at__isnull', False), ('visit_hash__isnull', False)), _connector='OR'), name='a_visit_begins_by_opening')],
            },
        ),
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('source', models.CharField(max_length=200, verbose_name='kilde')),
                ('in_force_from', models.DateField(unique=True, verbose_name='gælder fra')),
                ('questions', models.JSONField(verbose_name='spørgsmål')),
                ('adopted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taget i brug af')),
            ],
            options={
                'verbose_name': 'spørgsmål om fremgang',
                'ordering': ['-in_force_from'],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('wave', models.CharField(choices=[('start', 'ved start'), ('weeks_13', 'efter 13 uger'), ('weeks_26', 'efter 26 uger'), ('end', 'ved afslutning')], max_length=8, verbose_name='måling')),
                ('due', models.DateField(verbose_name='målingens dag')),
                ('rater', models.CharField(choices=[('mentor', 'mentor'), ('citizen', 'borgeren')], max_length=7, verbose_name='hvem ser')),
                ('given', models.CharField(choices=[('self', 'svarede selv'), ('read_aloud', 'mentor læste højt og skrev'), ('paper', 'skrevet ind fra papir')], default='self', max_length=10, verbose_name='hvordan')),
                ('answered_on', models.DateField(verbose_name='svaret')),
                ('superseded', models.BooleanField(default=False, verbose_name='rettet')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='skrevet ind')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='followup.rating', verbose_name='retter')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='cases.course', verbose_name='forløb')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet ind af')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='followup.questionset', verbose_name='spørgsmål')),
            ],
            options={
                'verbose_name': 'måling af fremgang',
                'ordering': ['due', 'rater', 'entered_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded', False)), fields=('course', 'wave', 'due', 'rater'), name='one_rating_a_wave'), models.CheckConstraint(condition=models.Q(('rater', 'citizen'), ('given', 'self'), _connector='OR'), name='nobody_answers_for_the_mentor')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=30, verbose_name='spørgsmål')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='trin')),
                ('declined', models.BooleanField(default=False, verbose_name='ønsker ikke at svare')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='followup.rating', verbose_name='måling')),
            ],
            options={
                'verbose_name': 'svar om fremgang',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('rating', 'question'), name='one_answer_a_question'), models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__lte', 4), _connector='OR'), name='five_steps'), models.CheckConstraint(condition=models.Q(('declined', False), ('score__isnull', True), _connector='OR'), name='declined_has_no_step')],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoice',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notice_choice', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
                ('mail', models.BooleanField(default=True, verbose_name='mail om mandagen')),
                ('kinds', models.JSONField(default=list, verbose_name='hvad mailen tæller')),
                ('quiet_from', models.TimeField(blank=True, default=datetime.time(17, 0), null=True, verbose_name='ingen mails fra klokken')),
                ('quiet_to', models.TimeField(blank=True, default=datetime.time(7, 0), null=True, verbose_name='til klokken')),
            ],
            options={
                'verbose_name': 'valg af mails',
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('missed_twice', 'to uger i træk mangler'), ('missed', 'ugen mangler'), ('about_to_miss', 'ved at glippe'), ('no_first_meeting', 'intet første møde'), ('no_mentor', 'ingen mentor'), ('mentor_absent', 'mentor er væk'), ('expires', 'bevilling udløber')], max_length=16, verbose_name='art')),
                ('about', models.DateField(verbose_name='handler om')),
                ('said', models.CharField(max_length=300, verbose_name='hvorfor')),
                ('raised_at', models.DateTimeField(verbose_name='rejst')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='lukket')),
                ('closed_why', models.CharField(blank=True, choices=[('met', 'mødt'), ('excused', 'borgeren er fraværende'), ('worse', 'blev til en anden advarsel'), ('mentor', 'mentor eller vikar er fundet'), ('back', 'mentor er tilbage eller skiftet'), ('prolonged', 'der er taget stilling til perioden'), ('ended', 'forløbet er slut'), ('over', 'det gælder ikke længere')], max_length=9, verbose_name='lukket fordi')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taget')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='cases.course', verbose_name='forløb')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taget af')),
            ],
            options={
                'verbose_name': 'advarsel',
                'ordering': ['-raised_at'],
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['-closed_at'], name='alerts_closed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('course', 'kind'), name='one_open_alert_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_why', '')), models.Q(('closed_at__isnull', False), models.Q(('closed_why', ''), _negated=True)), _connector='OR'), name='closed_alert_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.IntegerField(help_text='Mandage siden 5. januar 1970.', verbose_name='uge')),
                ('subject', models.CharField(max_length=120, verbose_name='emne')),
                ('body', models.TextField(verbose_name='tekst')),
                ('made_at', models.DateTimeField(verbose_name='skrevet')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='taget')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='forsøg')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sendt')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bruger')),
            ],
            options={
                'verbose_name': 'ugemail',
                'ordering': ['made_at'],
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['made_at'], name='mails_not_sent')],
                'constraints': [models.UniqueConstraint(fields=('person', 'week'), name='one_mail_a_week')],
            },
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('held', True)), fields=['day', 'course', 'mentor', 'minutes'], name='held_days'),
        ),
        migrations.CreateModel(
            name='FollowUpFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('found', models.JSONField(verbose_name='læst')),
                ('read_at', models.DateTimeField(auto_now_add=True, verbose_name='læst')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taget ind')),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='læst af')),
            ],
            options={
                'verbose_name': 'fil med svar på opfølgninger',
                'ordering': ['-read_at'],
            },
        ),
        migrations.CreateModel(
            name='BaseFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Månedens første dag.', verbose_name='måned')),
                ('target_group', models.CharField(blank=True, max_length=40, verbose_name='målgruppe')),
                ('persons', models.PositiveIntegerField(verbose_name='personer')),
                ('source', models.CharField(max_length=120, verbose_name='kilde')),
                ('noted_at', models.DateTimeField(auto_now_add=True, verbose_name='skrevet')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'verbose_name': 'grundlag',
                'ordering': ['-month', 'target_group', '-id'],
                'indexes': [models.Index(fields=['month', 'target_group'], name='base_figures_by_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('persons__gt', 0)), name='base_figure_has_people'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='base_figure_has_source')],
            },
        ),
        migrations.CreateModel(
            name='Whereabouts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('job', 'i job'), ('education', 'i uddannelse'), ('offer', 'i tilbud'), ('benefit', 'på ydelse'), ('pension', 'på pension'), ('lost', 'kan ikke findes')], max_length=12, verbose_name='hvor er borgeren')),
                ('on', models.DateField(verbose_name='dato')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='kilde')),
                ('noted_at', models.DateTimeField(auto_now_add=True, verbose_name='skrevet')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='followup.followupfile', verbose_name='fil')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whereabouts', to='followup.followup', verbose_name='opfølgning')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af')),
            ],
            options={
                'verbose_name': 'svar på opfølgning',
                'verbose_name_plural': 'svar på opfølgninger',
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('file__isnull', False)), fields=('follow_up', 'outcome', 'on', 'source'), name='one_answer_from_files')],
            },
        ),
    ]
