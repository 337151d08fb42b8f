"""Citizens, referrals, visitations, decisions, courses with their grants, and agreements."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models import Mentor, Obligation, Provider, ServiceLevelRow, Unit

PERSON = settings.AUTH_USER_MODEL


# What may stand in the way, as structured and sparing as it can be; they are special categories (GDPR art. 9 and 10).
BARRIERS = {
    "housing": "bolig",
    "substance_use": "misbrug",
    "mental_health": "psykisk sårbarhed",
    "physical_health": "fysisk helbred",
    "debt": "økonomi og gæld",
    "network": "svagt netværk",
    "language": "dansk",
    "family": "familie og børn",
    "unemployment": "lang ledighed",
    "crime": "afsoning",
}


class Citizen(models.Model):
    """A citizen. The CPR number is encrypted; the row's own id is what addresses and the journal speak of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cpr_encrypted = models.BinaryField("CPR (krypteret)", null=True, editable=False)
    cpr_index = models.CharField(max_length=64, null=True, unique=True, editable=False)
    first_name = models.CharField("fornavn", max_length=60)
    last_name = models.CharField("efternavn", max_length=60)
    birth_date = models.DateField("født")
    gender = models.CharField("køn", max_length=1, choices=[("k", "kvinde"), ("m", "mand")], blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    protected = models.BooleanField("navne- og adressebeskyttelse", default=False)
    digital_post_exempt = models.BooleanField("fritaget for Digital Post", default=False)
    language = models.CharField("sprog", max_length=3, default="da")
    district = models.CharField("område", max_length=40, blank=True)
    case_number = models.CharField("sagsnummer", max_length=20, unique=True)
    external_case_number = models.CharField("nummer i fagsystem", max_length=40, blank=True)
    caseworker = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="citizens", verbose_name="sagsbehandler"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="enhed")
    created_at = models.DateTimeField("oprettet", auto_now_add=True)

    class Meta:
        verbose_name = "borger"
        ordering = ["first_name", "last_name"]
        indexes = [
            models.Index(fields=["caseworker", "first_name", "last_name"], name="citizen_of_caseworker"),
            models.Index(fields=["last_name", "first_name"], name="citizen_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Referral(models.Model):
    """A request for mentor support (henvisning): who, what for, and what is known when it comes."""

    class State(models.TextChoices):
        NEW = "new", "venter på visitation"
        VISITATED = "visitated", "visiteret"
        WITHDRAWN = "withdrawn", "trukket tilbage"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="referrals", verbose_name="borger")
    received_on = models.DateField("modtaget")
    visitate_by = models.DateField("visiteres senest")
    target_group = models.CharField("målgruppe", max_length=40, blank=True)
    target_group_from = models.DateField("målgruppe fra", null=True, blank=True)
    target_group_source = models.CharField("kilde til målgruppen", max_length=80, blank=True)
    benefit = models.CharField("ydelse", max_length=80, blank=True)
    purpose = models.TextField("hvad støtten skal hjælpe med")
    goals = models.TextField("borgerens egne mål", blank=True)
    barriers = models.JSONField("barrierer", default=list)
    professionals = models.TextField("andre fagfolk om borgeren", blank=True)
    safety_notes = models.TextField("sikkerhed ved besøg", blank=True)
    wishes = models.TextField("ønsker til mentor", blank=True)
    mentor_gender = models.CharField(
        "ønsker mentor", max_length=1, choices=[("k", "kvinde"), ("m", "mand")], blank=True
    )
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.NEW)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="oprettet af")
    created_at = models.DateTimeField("oprettet", auto_now_add=True)

    class Meta:
        verbose_name = "henvisning"
        ordering = ["-received_on"]
        indexes = [models.Index(fields=["state", "visitate_by"], name="referral_waiting")]

    def __str__(self) -> str:
        return f"Henvisning {self.received_on:%d-%m-%Y}"


class Visitation(models.Model):
    """The caseworker's assessment in the making: facts with their sources, the law's date, and words.

    The row is the draft itself: it is saved as one types and is keyed by its case, so nothing typed is
    lost and nothing can end in the wrong case. It is locked when a decision is taken on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="visitations", verbose_name="borger")
    referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="visitations", verbose_name="henvisning"
    )
    extends = models.ForeignKey(
        "Course",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reassessments",
        verbose_name="forlænger",
    )
    law_on = models.DateField("loven, som den gælder")
    facts = models.JSONField("oplysninger", default=dict)
    sources = models.JSONField("kilder", default=dict, help_text="Kilde og dato for hver oplysning.")
    rule = models.CharField("valgt regel", max_length=12, blank=True)
    situation = models.TextField("situationen nu", blank=True)
    prospect = models.TextField("udsigt til at komme videre", blank=True)
    citizens_view = models.TextField("borgerens egen opfattelse", blank=True)
    other_help = models.TextField("anden hjælp overvejet", blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    deviation_reason = models.TextField("grund til at afvige fra niveauet", blank=True)
    start = models.DateField("fra", null=True, blank=True)
    end = models.DateField("til og med", null=True, blank=True)
    caseworker = models.ForeignKey(
        PERSON, models.PROTECT, related_name="visitations", verbose_name="sagsbehandler"
    )
    saved_at = models.DateTimeField("gemt", auto_now=True)
    locked = models.BooleanField("låst", default=False)

    class Meta:
        verbose_name = "visitation"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(locked=False, referral__isnull=False),
                name="one_open_visitation",
            )
        ]

    def __str__(self) -> str:
        return f"Visitation {self.law_on:%d-%m-%Y}"


class Course(models.Model):
    """A course of mentor support (forløb): one or more grants after another for one function.

    Period, obligation, rule, minutes and level row are those of the grant in force, kept here by
    `actions` so that lists of thousands read one table.
    """

    class EndReason(models.TextChoices):
        GOALS_MET = "goals_met", "målene er nået"
        JOB = "job", "job uden støtte"
        EDUCATION = "education", "uddannelse"
        OFFER = "offer", "andet tilbud"
        OTHER_LAW = "other_law", "støtte efter anden lov"
        MOVED = "moved", "flyttet fra kommunen"
        WISH = "wish", "borgerens ønske"
        PENSION = "pension", "førtidspension eller fleksjob"
        EXPIRED = "expired", "perioden er udløbet"
        DEATH = "death", "død"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="courses", verbose_name="borger")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="enhed")
    function = models.CharField("funktion", max_length=30)
    target_group = models.CharField("målgruppe", max_length=40)
    goal = models.CharField("mål", max_length=300, blank=True)
    start = models.DateField("fra")
    end = models.DateField("til og med")
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    rule = models.CharField("regel", max_length=12)
    citation = models.CharField("hjemmel", max_length=120)
    minutes_per_week = models.PositiveIntegerField("bevilget, minutter om ugen")
    level_row = models.ForeignKey(
        ServiceLevelRow,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name="række i serviceniveau",
    )
    mentor = models.ForeignKey(
        Mentor, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name="mentor"
    )
    signed_on = models.DateField("aftale underskrevet", null=True, blank=True)
    ended_on = models.DateField("afsluttet", null=True, blank=True)
    end_reason = models.CharField("afslutningsgrund", max_length=12, choices=EndReason, blank=True)
    end_note = models.TextField("afslutning", blank=True)

    class Meta:
        verbose_name = "forløb"
        ordering = ["-start"]
        indexes = [
            models.Index(
                fields=["mentor", "end"], condition=Q(ended_on__isnull=True), name="running_by_mentor"
            ),
            models.Index(fields=["unit", "end"], condition=Q(ended_on__isnull=True), name="running_by_unit"),
            models.Index(fields=["end"], condition=Q(ended_on__isnull=True), name="running_by_end"),
            models.Index(fields=["level_row", "end"], name="course_by_level_row"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="course_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | ~Q(end_reason=""),
                name="ended_course_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Forløb fra {self.start:%d-%m-%Y}"


class Decision(models.Model):
    """A decision (afgørelse) and everything it rested on, as it was: facts, findings, law and level versions.

    The letter is composed once, from what is stored here, and kept; it is never composed again.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "bevilling"
        REFUSAL = "refusal", "afslag"
        CHANGE = "change", "ændring"
        EARLY_STOP = "early_stop", "stop før tid"
        NON_EXTENSION = "non_extension", "ingen forlængelse"

    class State(models.TextChoices):
        DRAFT = "draft", "kladde"
        HEARING = "hearing", "i partshøring"
        SECOND = "second", "venter på anden godkender"
        DECIDED = "decided", "afgjort"
        WITHDRAWN = "withdrawn", "opgivet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="decisions", verbose_name="borger")
    visitation = models.ForeignKey(
        Visitation, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="visitation"
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="forløb"
    )
    kind = models.CharField("art", max_length=14, choices=Kind)
    state = models.CharField("tilstand", max_length=10, choices=State, default=State.DRAFT)
    law_on = models.DateField("loven, som den gælder")
    facts = models.JSONField("oplysninger", default=dict)
    answer = models.JSONField("hvad loven siger", default=dict)
    code_version = models.CharField("programversion", max_length=20)
    rule = models.CharField("regel", max_length=12)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    level_row = models.ForeignKey(
        ServiceLevelRow,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="række i serviceniveau",
    )
    level_minutes = models.PositiveIntegerField("niveauets minutter om ugen", null=True, blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    in_full = models.BooleanField("alt, der er bedt om", default=True)
    deviation_reason = models.TextField("grund til at afvige fra niveauet", blank=True)
    start = models.DateField("fra", null=True, blank=True)
    end = models.DateField("til og med", null=True, blank=True)
    situation = models.TextField("situationen", blank=True)
    prospect = models.TextField("udsigt", blank=True)
    citizens_view = models.TextField("borgerens egen opfattelse", blank=True)
    other_help = models.TextField("anden hjælp overvejet", blank=True)
    reasons = models.TextField("begrundelse", blank=True)
    tasks = models.JSONField("opgaver", default=list)
    not_tasks = models.JSONField("ikke mentors opgaver", default=list)
    second_reason = models.TextField("grund til at afslå skal eller ret", blank=True)
    second_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="anden godkender"
    )
    second_at = models.DateTimeField("godkendt", null=True, blank=True)
    drafted_by = models.ForeignKey(
        PERSON, models.PROTECT, related_name="decisions", verbose_name="sagsbehandler"
    )
    drafted_on = models.DateField("kladde fra")
    decided_on = models.DateField("afgjort", null=True, blank=True)
    letter = models.JSONField("brev", null=True, blank=True)
    letter_sent_on = models.DateField("brev sendt", null=True, blank=True)
    complain_by = models.DateField("klagefrist", null=True, blank=True)

    class Meta:
        verbose_name = "afgørelse"
        ordering = ["-drafted_on"]
        indexes = [models.Index(fields=["drafted_by", "state"], name="decision_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_on__isnull=False, letter__isnull=False),
                name="decided_has_letter",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("drafted_by")),
                name="second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.drafted_on:%d-%m-%Y}"


class Hearing(models.Model):
    """The hearing before an adverse decision (FVL § 19), or the recorded reason for none."""

    decision = models.OneToOneField(
        Decision, models.CASCADE, related_name="hearing", verbose_name="afgørelse"
    )
    waived_reason = models.TextField("grund til ikke at høre", blank=True)
    sent_on = models.DateField("sendt", null=True, blank=True)
    answer_by = models.DateField("svar senest", null=True, blank=True)
    letter = models.JSONField("høringsbrev", null=True, blank=True)
    answered_on = models.DateField("svaret", null=True, blank=True)
    answer = models.TextField("borgerens svar", blank=True)

    class Meta:
        verbose_name = "partshøring"
        constraints = [
            models.CheckConstraint(
                condition=~Q(waived_reason="") | Q(sent_on__isnull=False), name="heard_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Partshøring {self.sent_on or 'undladt'}"


class Complaint(models.Model):
    """A complaint: the municipality re-assesses within four weeks, then sends it on to Ankestyrelsen (RSL §§ 66–67)."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "afgørelsen er ændret"
        SENT_ON = "sent_on", "fastholdt og sendt til Ankestyrelsen"
        WITHDRAWN = "withdrawn", "klagen er trukket tilbage"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="complaints", verbose_name="afgørelse"
    )
    received_on = models.DateField("modtaget")
    text = models.TextField("klagen")
    reassess_by = models.DateField("genvurderes senest")
    outcome = models.CharField("udfald", max_length=10, choices=Outcome, blank=True)
    outcome_on = models.DateField("genvurderet", null=True, blank=True)
    outcome_reason = models.TextField("begrundelse", blank=True)
    outcome_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "klage"
        ordering = ["-received_on"]

    def __str__(self) -> str:
        return f"Klage {self.received_on:%d-%m-%Y}"


class Grant(models.Model):
    """One granted period of a course (bevilling), under the rule and the level of its own time."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="grants", verbose_name="forløb")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="grant", verbose_name="afgørelse")
    start = models.DateField("fra")
    end = models.DateField("til og med")
    minutes_per_week = models.PositiveIntegerField("minutter om ugen")
    rule = models.CharField("regel", max_length=12)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    level_row = models.ForeignKey(
        ServiceLevelRow, models.PROTECT, null=True, blank=True, related_name="grants"
    )
    level_minutes = models.PositiveIntegerField("niveauets minutter om ugen", null=True, blank=True)
    target_group = models.CharField("målgruppe ved aftalen", max_length=40)

    class Meta:
        verbose_name = "bevilling"
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="grant_ends_after_start"),
            models.UniqueConstraint(fields=["course", "start"], name="one_grant_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.start:%d-%m-%Y}–{self.end:%d-%m-%Y}"


class Agreement(models.Model):
    """The written agreement between citizen and municipality; nothing is paid before it is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="agreements", verbose_name="forløb")
    goal = models.TextField("mål")
    tasks = models.JSONField("mentors opgaver", default=list)
    not_tasks = models.JSONField("ikke mentors opgaver", default=list)
    start = models.DateField("fra")
    end = models.DateField("til og med")
    minutes_per_week = models.PositiveIntegerField("minutter om ugen")
    contact_every = models.CharField(
        "kontakt",
        max_length=10,
        choices=[("week", "hver uge"), ("fortnight", "hver 14. dag")],
        default="week",
    )
    contact_at_least = models.PositiveSmallIntegerField("mindst antal gange", default=1)
    place = models.CharField("hvor", max_length=120, blank=True)
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="+", verbose_name="mentor")
    firm = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="virksomhed"
    )
    beyond_ordinary = models.TextField("hvorfor ud over det sædvanlige", blank=True)
    decisive = models.TextField("hvorfor afgørende", blank=True)
    wage_per_hour = models.PositiveIntegerField("timeløn i øre", null=True, blank=True)
    document = models.JSONField("aftaletekst", null=True, blank=True)
    drafted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    drafted_on = models.DateField("skrevet")
    signed_on = models.DateField("underskrevet", null=True, blank=True)
    signed_how = models.CharField("underskrevet hvordan", max_length=60, blank=True)
    signed_noted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "aftale"
        ordering = ["-drafted_on"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="agreement_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"Aftale {self.drafted_on:%d-%m-%Y}"


class MentorAssignment(models.Model):
    """Who was the citizen's mentor from when to when, and why; a substitute stands in for a while."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments", verbose_name="forløb")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="assignments", verbose_name="mentor")
    first = models.DateField("fra")
    last = models.DateField("til og med", null=True, blank=True)
    substitute = models.BooleanField("vikar", default=False)
    reason = models.TextField("hvorfor", blank=True)
    assigned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="valgt af")

    class Meta:
        verbose_name = "mentor på forløb"
        ordering = ["-first", "-id"]
        indexes = [models.Index(fields=["mentor", "last"], name="assignments_of_mentor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="assignment_ends"
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(last__isnull=True, substitute=False),
                name="one_mentor_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.first:%d-%m-%Y}"


class Task(models.Model):
    """A task of a course and who does it now: mentor, together, citizen. `mine=False` is not the mentor's task."""

    class Stage(models.TextChoices):
        MENTOR = "mentor", "mentor gør det"
        TOGETHER = "together", "sammen"
        CITIZEN = "citizen", "borger gør det"
        DONE = "done", "løst"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="tasks", verbose_name="forløb")
    title = models.CharField("opgave", max_length=200)
    mine = models.BooleanField("mentors opgave", default=True)
    stage = models.CharField("hvem gør det", max_length=8, choices=Stage, default=Stage.MENTOR)
    since = models.DateField("siden")
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "opgave"
        ordering = ["position", "since"]
        constraints = [models.UniqueConstraint(fields=["course", "title"], name="one_task_a_title")]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """Someone else around the citizen: what they do next, who sees to it, and the consent it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="parties", verbose_name="borger")
    name = models.CharField("part", max_length=120)
    contact = models.CharField("kontakt", max_length=120, blank=True)
    next_step = models.CharField("næste skridt", max_length=200, blank=True)
    owner = models.CharField("hvem gør det", max_length=80, blank=True)
    due = models.DateField("hvornår", null=True, blank=True)
    consent_to = models.CharField("samtykke til", max_length=200, blank=True)
    consent_given_on = models.DateField("samtykke givet", null=True, blank=True)
    consent_until = models.DateField("samtykke til og med", null=True, blank=True)
    consent_withdrawn_on = models.DateField("samtykke trukket tilbage", null=True, blank=True)
    closed_on = models.DateField("afsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "part"
        ordering = ["due", "name"]

    def __str__(self) -> str:
        return self.name


class CaseNote(models.Model):
    """A note on something said or seen that may matter for a decision (OFL § 13)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="notes", verbose_name="borger")
    text = models.TextField("notat")
    written_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="skrevet af")
    written_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "notat"
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return f"Notat {self.written_at:%d-%m-%Y}"
