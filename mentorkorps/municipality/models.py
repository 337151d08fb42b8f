"""Units, people, mentors, providers and adopted service levels."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Role(models.TextChoices):
    """What a person comes to do. One person has one role; who has two jobs has two sign-ins."""

    CASEWORKER = "caseworker", "sagsbehandler"
    MENTOR = "mentor", "mentor"
    COMPANY_MENTOR = "company_mentor", "faglig mentor"
    PROVIDER = "provider", "leverandør"
    COORDINATOR = "coordinator", "fagkoordinator"
    CONTROLLER = "controller", "økonom"
    LEADER = "leader", "leder"
    SECRETARY = "secretary", "udvalgssekretær"
    DPO = "dpo", "databeskyttelsesrådgiver"
    ADMINISTRATOR = "administrator", "administrator"


class Obligation(models.TextChoices):
    """How strongly the law binds the municipality: must (skal), right (ret) or may (kan)."""

    MUST = "must", "Skal"
    RIGHT = "right", "Ret"
    MAY = "may", "Kan"


class Municipality(models.Model):
    """The one municipality that this installation serves."""

    name = models.CharField("navn", max_length=80)
    code = models.CharField("kommunekode", max_length=3)
    address = models.CharField("adresse", max_length=120)
    phone = models.CharField("telefon", max_length=20)
    case_prefix = models.CharField("forkortelse i sagsnumre", max_length=4)
    last_case_number = models.PositiveIntegerField("sidste sagsnummer", default=0)
    visitation_days = models.PositiveSmallIntegerField(
        "dage til visitation",
        default=14,
        help_text="Kommunens egen frist fra henvisning til visitation (RSL § 3).",
    )
    hearing_days = models.PositiveSmallIntegerField("dage til partshøring", default=14)
    synthetic = models.BooleanField(
        "prøvedata",
        default=False,
        help_text="Alle personer er opdigtede. Sættes kun, når en prøvekommune oprettes.",
    )
    world_date = models.DateField(
        "prøvedatas dato",
        null=True,
        blank=True,
        help_text="Den dag, en prøvekommune lever på. Tom i drift: så er det i dag.",
    )

    class Meta:
        verbose_name = "kommune"
        constraints = [
            models.CheckConstraint(
                condition=Q(world_date__isnull=True) | Q(synthetic=True), name="only_synthetic_stands_still"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A place in the municipality where caseworkers and mentors work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=80, unique=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    address = models.CharField("adresse", max_length=120, blank=True)

    class Meta:
        verbose_name = "enhed"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """A supplier, company or school whose people serve as mentors."""

    class Kind(models.TextChoices):
        SUPPLIER = "supplier", "leverandør"
        COMPANY = "company", "virksomhed"
        EDUCATION = "education", "uddannelsesinstitution"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=80, unique=True)
    kind = models.CharField("art", max_length=10, choices=Kind)
    cvr = models.CharField("CVR-nummer", max_length=8, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)

    class Meta:
        verbose_name = "leverandør"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates people by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person who can sign in; without a password only a reset opens the door."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("navn", max_length=80)
    phone = models.CharField("telefon", max_length=20, blank=True)
    role = models.CharField("rolle", max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="enhed")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, verbose_name="leverandør")
    is_active = models.BooleanField("kan logge ind", default=True)
    created_at = models.DateTimeField("oprettet", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        verbose_name = "bruger"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role="provider") | Q(provider__isnull=False), name="provider_user_has_provider"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Mentor(models.Model):
    """A person who can be given citizens: internal, at a supplier, in a company or at a school."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", "intern mentor"
        SUPPLIER = "supplier", "mentor hos leverandør"
        COMPANY = "company", "faglig mentor i virksomhed"
        EDUCATION = "education", "faglig mentor på uddannelse"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, verbose_name="bruger")
    name = models.CharField("navn", max_length=80)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    kind = models.CharField("art", max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="enhed")
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, verbose_name="leverandør")
    gender = models.CharField("køn", max_length=1, choices=[("k", "kvinde"), ("m", "mand")], blank=True)
    languages = models.JSONField("sprog", default=list, help_text="Sprogkoder, fx da, ar, en.")
    districts = models.JSONField("områder", default=list)
    skills = models.JSONField("kompetencer", default=list)
    max_citizens = models.PositiveSmallIntegerField("højst antal borgere", null=True, blank=True)
    active_from = models.DateField("fra")
    active_to = models.DateField("til", null=True, blank=True)

    class Meta:
        verbose_name = "mentor"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="internal") | Q(provider__isnull=False), name="bought_mentor_has_provider"
            ),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="mentor_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MentorHours(models.Model):
    """The minutes a week that a mentor can spend with citizens in a period: direct time, after meetings and travel."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="hours", verbose_name="mentor")
    valid_from = models.DateField("fra")
    valid_to = models.DateField("til", null=True, blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen")
    note = models.CharField("bemærkning", max_length=200, blank=True)

    class Meta:
        verbose_name = "mentortid"
        ordering = ["mentor", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["mentor", "valid_from"], name="one_mentor_hours_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mentor_hours_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.valid_from}"


class MentorAbsence(models.Model):
    """Days on which a mentor is away; without a last day until further notice."""

    class Reason(models.TextChoices):
        SICK = "sick", "syg"
        HOLIDAY = "holiday", "ferie"
        COURSE = "course", "kursus"
        LEAVE = "leave", "orlov"

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="absences", verbose_name="mentor")
    first = models.DateField("første dag")
    last = models.DateField("sidste dag", null=True, blank=True)
    reason = models.CharField("grund", max_length=10, choices=Reason)

    class Meta:
        verbose_name = "mentorfravær"
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="mentor_absence_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.first}"


class MentorTraining(models.Model):
    """A course or qualification that a mentor holds; the audit of 2019 asks for it in each case."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="training", verbose_name="mentor")
    title = models.CharField("uddannelse", max_length=120)
    completed_on = models.DateField("gennemført")
    expires_on = models.DateField("udløber", null=True, blank=True)

    class Meta:
        verbose_name = "uddannelse"
        ordering = ["-completed_on"]

    def __str__(self) -> str:
        return self.title


class ServiceLevel(models.Model):
    """One version of the service level: what the municipality has decided to give for each mentor task."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("navn", max_length=120, unique=True)
    source = models.CharField("kilde", max_length=300)
    committee = models.CharField("udvalg", max_length=120, blank=True)
    case_number = models.CharField("sagsnummer", max_length=40, blank=True)
    adopted_on = models.DateField("vedtaget", null=True, blank=True)
    in_force_from = models.DateField("gælder fra", null=True, blank=True)
    in_force_to = models.DateField("gælder til", null=True, blank=True)
    example = models.BooleanField("eksempeldata", default=False)
    note = models.TextField("bemærkning", blank=True)

    class Meta:
        verbose_name = "serviceniveau"
        ordering = ["-in_force_from", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="level_ends_after_start",
            ),
            models.UniqueConstraint(fields=["in_force_from"], name="one_level_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceLevelRow(models.Model):
    """What a version gives for one task and group. Without minutes the hours are open, which is not zero."""

    level = models.ForeignKey(ServiceLevel, models.CASCADE, related_name="rows", verbose_name="serviceniveau")
    key = models.SlugField("nøgle", max_length=60)
    position = models.PositiveSmallIntegerField("rækkefølge")
    label = models.CharField("betegnelse", max_length=160)
    functions = models.JSONField("funktioner", default=list)
    target_groups = models.JSONField("målgrupper", default=list)
    min_age = models.PositiveSmallIntegerField("fra alder", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("til og med alder", null=True, blank=True)
    obligation = models.CharField("skal, ret eller kan", max_length=5, choices=Obligation)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen", null=True, blank=True)
    weeks = models.PositiveSmallIntegerField("uger", null=True, blank=True)
    who_may = models.CharField("hvem kan være mentor", max_length=200, blank=True)
    criteria = models.TextField("kriterier", blank=True)

    class Meta:
        verbose_name = "række i serviceniveau"
        ordering = ["level", "position"]
        constraints = [models.UniqueConstraint(fields=["level", "key"], name="one_row_a_key")]

    def __str__(self) -> str:
        return self.label


class TaskTemplate(models.Model):
    """An entry of the task catalogue: something a mentor is often asked to do, or is not expected to."""

    class Kind(models.TextChoices):
        SOCIAL = "social", "social mentor"
        COMPANY = "company", "faglig mentor"
        NOT_MENTOR = "not_mentor", "ikke mentors opgave"

    kind = models.CharField("art", max_length=10, choices=Kind)
    title = models.CharField("opgave", max_length=200, unique=True)
    source = models.CharField("kilde", max_length=120)
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta:
        verbose_name = "opgave i kataloget"
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return self.title


class RuleCorrection(models.Model):
    """A correction of a row of the law: proposed by one person, in the book from another's approval until withdrawn.

    `changes` and the row it names never change; `municipality.facts.correction_facts` reads them.
    """

    rule = models.CharField("regel", max_length=12)
    row_from = models.DateField("række fra", help_text="Den rettede rækkes første dag.")
    changes = models.JSONField("rettelser")
    in_force_from = models.DateField("rettelsen gælder fra")
    reason = models.TextField("begrundelse")
    source = models.CharField("kilde", max_length=300)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="foreslået af")
    proposed_at = models.DateTimeField("foreslået", auto_now_add=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )
    approved_at = models.DateTimeField("godkendt", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trukket tilbage af"
    )
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, blank=True)
    withdrawn_reason = models.TextField("grund til at trække tilbage", blank=True)

    class Meta:
        verbose_name = "rettelse af regel"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="correction_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="correction_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_correction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} fra {self.in_force_from:%d-%m-%Y}"
