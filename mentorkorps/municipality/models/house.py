"""The municipality, its units, its providers and those who sign in."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


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
    gln = models.CharField("GLN-nummer", max_length=13, blank=True)
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
