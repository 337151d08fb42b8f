"""Mentors with their hours, absences and training, and the catalogue of what they are asked to do."""

import uuid

from django.db import models
from django.db.models import F, Q

from mentorkorps.municipality.models.house import Provider, Unit, User

GENDERS = {"k": "kvinde", "m": "mand"}


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
    gender = models.CharField("køn", max_length=1, choices=GENDERS, blank=True)
    birth_year = models.PositiveSmallIntegerField("fødselsår", null=True, blank=True)
    languages = models.JSONField("sprog", default=list, help_text="Sprogkoder, fx da, ar, en.")
    districts = models.JSONField("områder", default=list)
    skills = models.JSONField("kompetencer", default=list)
    max_citizens = models.PositiveSmallIntegerField("højst antal borgere", null=True, blank=True)
    confidentiality_on = models.DateField("tavshedspligt aftalt", null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="mentor_birth_year_has_four_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


# Kinds of mentor who are bought free at a company or a school, and so pass the two-part test (LAB § 169).
IN_COMPANY = (Mentor.Kind.COMPANY, Mentor.Kind.EDUCATION)


class MentorHours(models.Model):
    """What is recorded of a mentor's week in a period, in minutes, in one of two ways.

    Either `minutes_per_week` says outright what can be spent with citizens: direct time, after meetings and travel.
    Or it is None, and direct time is worked out from the contract, the meetings and the training of a week and the
    municipality's `PreparationShare`. Read it with `municipality.queries.corps`, which knows both.
    """

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="hours", verbose_name="mentor")
    valid_from = models.DateField("fra")
    valid_to = models.DateField("til", null=True, blank=True)
    minutes_per_week = models.PositiveIntegerField("minutter om ugen med borgere", null=True, blank=True)
    contract_minutes = models.PositiveIntegerField("kontrakt, minutter om ugen", null=True, blank=True)
    meeting_minutes = models.PositiveIntegerField("møder, minutter om ugen", null=True, blank=True)
    training_minutes = models.PositiveIntegerField("uddannelse, minutter om ugen", null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(
                    minutes_per_week__isnull=False,
                    contract_minutes__isnull=True,
                    meeting_minutes__isnull=True,
                    training_minutes__isnull=True,
                )
                | Q(
                    minutes_per_week__isnull=True,
                    contract_minutes__isnull=False,
                    meeting_minutes__isnull=False,
                    training_minutes__isnull=False,
                    contract_minutes__gte=F("meeting_minutes") + F("training_minutes"),
                ),
                name="mentor_hours_direct_or_contract",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.valid_from}"


class PreparationShare(models.Model):
    """What share of a mentor's time after meetings and training goes to travel and preparation, from a day on."""

    valid_from = models.DateField("gælder fra", unique=True)
    percent = models.PositiveSmallIntegerField("procent")
    source = models.CharField("kilde", max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="sat af")

    class Meta:
        verbose_name = "rejse og forberedelse"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lt=100), name="preparation_leaves_some_time")
        ]

    def __str__(self) -> str:
        return f"{self.percent} % fra {self.valid_from}"


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
