"""The forms of contacts: short enough for a phone, and nothing preselected that would become a false record."""

from datetime import date, timedelta
from typing import Any

from django import forms

from mentorkorps.cases.models import Course, Task
from mentorkorps.followup.models import Appointment, Contact
from mentorkorps.municipality.models import Mentor, Role, User
from mentorkorps.web.citizen_forms import KeyedForm
from mentorkorps.web.forms import DateField, HouseForm, LongText

How, Outcome, Stage = Contact.How, Contact.Outcome, Task.Stage
OTHER = "other"
MINUTES = [(str(n), f"{n} min." if n < 60 else {60: "1 t.", 90: "1½ t."}[n]) for n in (15, 30, 45, 60, 90)]
OUTCOMES = [
    (Outcome.MET, "Mødt"), (Outcome.NO_SHOW, "Udeblevet"), (Outcome.ATTEMPT, "Forsøg"),
    (Outcome.CANCELLED_CITIZEN, "Aflyst af borger"), (Outcome.CANCELLED_MENTOR, "Aflyst af mentor"),
]  # fmt: skip
STAGES = ((Stage.MENTOR, "mentor gør det"), (Stage.TOGETHER, "sammen"), (Stage.CITIZEN, "borger gør det"))
WORKED_ON = (*STAGES, (Stage.DONE, "løst"))
MENTORS = (Role.MENTOR, Role.COMPANY_MENTOR)


def may_log_for(user: User, course: Course) -> list[Mentor]:
    """The mentors on whose behalf a person may log; none for a mentor, who logs for oneself."""
    if user.role in MENTORS:
        return []
    mentors = Mentor.objects.filter(assignments__course=course).distinct()
    if user.role == Role.PROVIDER:
        mentors = mentors.filter(provider=user.provider_id)
    return list(mentors)


class TimeField(forms.TimeField):
    """A time of day as Danes write it: 13.30, 13:30, 1330 or 13."""

    def __init__(self, **kwargs: Any) -> None:
        typed = {"inputmode": "numeric", "class": "inp inp-time", "placeholder": "tt.mm"}
        super().__init__(
            required=False,
            input_formats=["%H", "%H.%M", "%H:%M", "%H%M"],
            widget=forms.TimeInput(typed, format="%H.%M"),
            error_messages={"invalid": "Skriv klokkeslættet som 13.30."},
            **kwargs,
        )


class Minutes(forms.IntegerField):
    """Whole minutes, none or more."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        number = {"inputmode": "numeric", "class": "inp inp-num"}
        wrong = "Skriv et helt antal minutter, fx 50."
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            widget=forms.NumberInput(number),
            error_messages={"invalid": wrong, "min_value": wrong},
            **kwargs,
        )


class MeetingForm(KeyedForm):
    """When, where and how long: what one contact and a group have in common."""

    when = forms.ChoiceField(
        label="Hvornår",
        widget=forms.RadioSelect,
        choices=[("today", "I dag"), ("yesterday", "I går"), (OTHER, "Anden dag")],
    )
    day = DateField(label="Dato", required=False)
    minutes_pick = forms.ChoiceField(
        label="Hvor længe sammen",
        required=False,
        widget=forms.RadioSelect,
        choices=[*MINUTES, (OTHER, "Andet")],
    )
    minutes = Minutes("Antal minutter sammen")
    start = TimeField(label="Klokken")
    place = forms.CharField(label="Sted", required=False, max_length=120)
    note = LongText(label="Kort notat", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("when", "today")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        days = {"today": self.today, "yesterday": self.today - timedelta(days=1), OTHER: said.get("day")}
        said["day"] = days.get(said.get("when", ""))
        if said["day"] is None and "day" not in self.errors:
            self.add_error("day", "Skriv datoen.")
        picked = said.get("minutes_pick")
        if picked and picked != OTHER:
            said["minutes"] = int(picked)
        said["minutes"] = said.get("minutes") or 0
        return said

    def begin_on(self, day: date) -> None:
        """Begins with another day than today."""
        near = {self.today: "today", self.today - timedelta(days=1): "yesterday"}
        self.initial["when"] = near.get(day, OTHER)
        self.initial["day"] = day


class ContactForm(MeetingForm):
    """One contact. What is asked beyond outcome and minutes lies folded, with its usual answer.

    Without a course it asks what can be asked before the citizen is known, as a phone does without a network.
    """

    outcome = forms.ChoiceField(label="Hvad skete der", widget=forms.RadioSelect, choices=OUTCOMES)
    mentor = forms.ModelChoiceField(Mentor.objects.none(), label="Mentor", required=False, empty_label=None)
    how = forms.ChoiceField(
        label="Hvordan", widget=forms.RadioSelect, initial=How.IN_PERSON,
        choices=[(How.IN_PERSON, "Personligt"), (How.PHONE, "Telefon"), (How.VIDEO, "Video"), (How.MESSAGE, "Besked")],
    )  # fmt: skip
    not_in_person_reason = forms.CharField(
        label="Hvorfor ikke personligt", required=False, max_length=200,
        help_text="Kontakten er personlig, når den kan være det. Med en grund tæller telefon og video også.",
    )  # fmt: skip
    transport_minutes = Minutes("Minutter på vej")
    preparation_minutes = Minutes("Minutter til forberedelse")
    others = forms.CharField(label="Hvem var ellers med", required=False, max_length=200)
    next_day = DateField(label="Næste aftale", required=False)
    next_start = TimeField(label="Klokken")
    next_place = forms.CharField(label="Sted for næste aftale", required=False, max_length=120)

    def __init__(self, *args: Any, course: Course | None, mentors: list[Mentor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = list(course.tasks.filter(mine=True).exclude(stage=Stage.DONE)) if course else []
        for task in self.tasks:
            self.fields[f"task_{task.id}"] = _task_field(task)
        if len(mentors) > 1:
            self.fields["mentor"].queryset = Mentor.objects.filter(pk__in=[m.pk for m in mentors])
            self.initial.setdefault("mentor", course and course.mentor_id)
        else:
            del self.fields["mentor"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        told = said.get("next_start") is not None or said.get("next_place")
        if told and not said.get("next_day") and "next_day" not in self.errors:
            self.add_error(
                "next_day", "Skriv datoen for næste aftale, eller lad klokken og stedet stå tomme."
            )
        return said

    def fold_is_open(self) -> bool:
        """Whether something below the fold is wrong, so that it must be seen."""
        return any(self[name].errors for name in self.fields if name not in _ABOVE_THE_FOLD)

    def task_fields(self) -> list[forms.BoundField]:
        """One field for each task that is still open."""
        return [self[f"task_{task.id}"] for task in self.tasks]

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        said = {name: self.cleaned_data[name] for name in _SAID if name in self.cleaned_data}
        for name in ("transport_minutes", "preparation_minutes"):
            said[name] = said[name] or 0
        stages = {task: self.cleaned_data[f"task_{task.id}"] for task in self.tasks}
        return said | {"tasks": {task: stage for task, stage in stages.items() if stage}}


_ABOVE_THE_FOLD = {"key", "outcome", "when", "day", "minutes_pick", "minutes"}
_SAID = (
    "key", "day", "outcome", "minutes", "start", "place", "note", "mentor", "how", "not_in_person_reason",
    "transport_minutes", "preparation_minutes", "others", "next_day", "next_start", "next_place",
)  # fmt: skip


def _task_field(task: Task) -> forms.ChoiceField:
    """A task as one choice: not touched, or worked on and who does it now."""
    choices = [("", "Ikke rørt i dag")]
    for stage, words in WORKED_ON:
        choices.append((stage, f"Arbejdet med, stadig: {words}" if stage == task.stage else f"Nu: {words}"))
    return forms.ChoiceField(
        label=task.title, required=False, choices=choices, widget=forms.Select({"class": "inp"})
    )


class CorrectionForm(ContactForm):
    """What a contact should have said. Tasks and the next appointment are changed where they stand."""

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        names = ("outcome", "start", "place", "note", "how", "not_in_person_reason", "others")
        now = {name: getattr(contact, name) for name in (*names, "transport_minutes", "preparation_minutes")}
        quick = str(contact.minutes) in dict(MINUTES)
        now["minutes_pick"] = str(contact.minutes) if quick else OTHER
        now["minutes"] = contact.minutes or None
        super().__init__(*args, course=contact.course, mentors=[], initial=now, **kwargs)
        self.begin_on(contact.day)
        for name in ("next_day", "next_start", "next_place", *(f"task_{task.id}" for task in self.tasks)):
            del self.fields[name]
        self.tasks = []

    def said(self) -> dict[str, Any]:
        said = super().said()
        del said["tasks"]
        return said


class GroupForm(MeetingForm):
    """One meeting with several citizens; for each who was there, who stayed away, and who was not asked."""

    def __init__(self, *args: Any, courses: list[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = courses
        for course in courses:
            self.fields[f"who_{course.id}"] = forms.ChoiceField(
                label=f"{course.citizen.first_name} {course.citizen.last_name[:1]}.",
                required=False,
                widget=forms.RadioSelect,
                choices=[(Outcome.MET, "Kom"), (Outcome.NO_SHOW, "Udeblev"), ("", "Ikke med")],
            )
        self.fields[
            "note"
        ].help_text = "Notatet gemmes på hver borgers sag. Skriv ikke om de andre, der var med."

    def who_fields(self) -> list[forms.BoundField]:
        """One field for each citizen."""
        return [self[f"who_{course.id}"] for course in self.courses]

    def outcomes(self) -> dict[Course, str]:
        """Those who were asked, with what came of it."""
        said = {course: self.cleaned_data[f"who_{course.id}"] for course in self.courses}
        return {course: outcome for course, outcome in said.items() if outcome}

    def said(self) -> dict[str, Any]:
        """What is the same for all."""
        return {name: self.cleaned_data[name] for name in ("key", "day", "minutes", "start", "place", "note")}


class BookingForm(HouseForm):
    """The next meeting."""

    next_day = DateField(label="Dato")
    start = TimeField(label="Klokken")
    place = forms.CharField(label="Sted", required=False, max_length=120)

    def __init__(self, *args: Any, appointment: Appointment | None, **kwargs: Any) -> None:
        now = {"start": appointment.start, "place": appointment.place} if appointment else {}
        super().__init__(*args, initial=now, **kwargs)
