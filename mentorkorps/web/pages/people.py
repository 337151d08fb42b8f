"""The people who may sign in, kept by an administrator: created, changed, shut out, and helped back in."""

import uuid

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from mentorkorps.journal.actions import write
from mentorkorps.journal.models import Kind
from mentorkorps.municipality.actions import change_person, create_person, reset_second_factor
from mentorkorps.municipality.models import Provider, Role, Unit, User
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, door
from mentorkorps.web.forms import HouseForm
from mentorkorps.web.signin import password_link

PAGE = 50


class PersonForm(HouseForm):
    """Who a person is and what they come to do."""

    name = forms.CharField(label="Navn", max_length=80)
    role = forms.ChoiceField(
        label="Rolle", choices=[("", "Vælg"), *Role.choices], help_text="Den, der har to job, får to brugere."
    )
    unit = forms.ModelChoiceField(
        label="Enhed", queryset=Unit.objects.all(), required=False, empty_label="Ingen",
        help_text="En sagsbehandler ser borgere i sin egen enhed.",
    )  # fmt: skip
    provider = forms.ModelChoiceField(
        label="Leverandør", queryset=Provider.objects.all(), required=False, empty_label="Ingen",
        help_text="Kun for den, der arbejder hos en leverandør.",
    )  # fmt: skip
    phone = forms.CharField(label="Telefon", max_length=20, required=False)


class NewPersonForm(PersonForm):
    """A person who is not here yet; the e-mail is what they sign in with and stays the same."""

    email = forms.EmailField(label="E-mail", help_text="Den logges ind med, og den kan ikke ændres bagefter.")
    field_order = ["name", "email", "role"]


@door(May.EDIT_PEOPLE)
def people(request: SignedIn) -> HttpResponse:
    """Everyone who can or could sign in."""
    rows = User.objects.select_related("unit", "provider").order_by("-is_active", "name")
    role, state = request.GET.get("rolle", ""), request.GET.get("adgang", "")
    if role in Role.values:
        rows = rows.filter(role=role)
    if state == "lukket":
        rows = rows.filter(is_active=False)
    page = Paginator(rows, PAGE).get_page(request.GET.get("side"))
    access.listed(request, "brugere", [], filters=sorted({"rolle", "adgang"} & request.GET.keys()))
    context = {"page": page, "roles": Role.choices, "role": role, "state": state}
    return render(request, "people/list.html", context)


@door(May.EDIT_PEOPLE)
def new_person(request: SignedIn) -> HttpResponse:
    """Creates a person; the next page has the link with which they choose a password."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        made = form.attempt(create_person, by=request.user, **form.cleaned_data)
        if made:
            messages.success(
                request, f"{made} er oprettet. Lav nu et link, så {made} kan vælge en adgangskode."
            )
            return redirect("edit_person", made.id)
    return render(request, "people/new.html", {"form": form, "section": "people"})


@door(May.EDIT_PEOPLE)
def edit_person(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Changes what a person comes to do."""
    person = _person(request, key)
    current = {name: getattr(person, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=current)
    if form.is_valid():
        form.attempt(change_person, person, by=request.user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"{person} er gemt.")
            return redirect("edit_person", person.id)
        person.refresh_from_db()
    return _person_page(request, person, form)


def _person(request: SignedIn, key: uuid.UUID) -> User:
    return access.record(request, User.objects.select_related("unit", "provider"), key, verb="bruger")


def _person_page(request: SignedIn, person: User, form: PersonForm, link: str = "") -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "link": link,
        "second_factor": is_mfa_enabled(person),
        "section": "people",
    }
    return render(request, "people/edit.html", context)


@door(May.EDIT_PEOPLE)
@require_POST
def person_link(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Shows, this once, the link with which a person chooses a password. It is made from the row and stored nowhere."""
    person = _person(request, key)
    if not person.is_active:
        messages.error(request, f"Åbn adgangen for {person}, før du laver et link.")
        return redirect("edit_person", person.id)
    write(Kind.CHANGE, "lavet link til adgangskode", by=request.user, about=person)
    form = PersonForm(initial={name: getattr(person, name) for name in PersonForm.base_fields})
    return _person_page(request, person, form, password_link(request, person))


@door(May.EDIT_PEOPLE)
@require_POST
def person_access(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Shuts a person out, or lets them in again; neither takes anything they have written."""
    person = _person(request, key)
    form = HouseForm({})
    form.attempt(change_person, person, by=request.user, is_active=request.POST.get("adgang") == "ja")
    for error in form.non_field_errors():
        messages.error(request, error)
    if form.is_valid():
        messages.success(
            request, f"{person} kan {'logge ind igen' if person.is_active else 'ikke længere logge ind'}."
        )
    return redirect("edit_person", person.id)


@door(May.EDIT_PEOPLE)
@require_POST
def person_second_factor(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Takes away a lost phone."""
    person = _person(request, key)
    reset_second_factor(person, by=request.user)
    messages.success(request, f"{person} sætter en ny telefon op, næste gang der logges ind.")
    return redirect("edit_person", person.id)


urls = [
    path("brugere/", people, name="people"),
    path("brugere/ny/", new_person, name="new_person"),
    path("brugere/<uuid:key>/", edit_person, name="edit_person"),
    path("brugere/<uuid:key>/link/", person_link, name="person_link"),
    path("brugere/<uuid:key>/adgang/", person_access, name="person_access"),
    path("brugere/<uuid:key>/andet-trin/", person_second_factor, name="person_second_factor"),
]
