"""Made-up citizens: varied first names, surnames that give them away, and CPR numbers that nobody has."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

Gender = Literal["k", "m"]

FIRST_NAMES: dict[Gender, tuple[str, ...]] = {
    "k": (
        "Agnes", "Aisha", "Alberte", "Amina", "Asta", "Astrid",
        "Birthe", "Caroline", "Dagny", "Dorthe", "Ebba", "Eline",
        "Emma", "Esther", "Filippa", "Freja", "Gerda", "Gry", "Hanne", "Inger", "Ingrid", "Iben", "Jasmin", "Johanne",
        "Karen", "Katja", "Kirsten", "Laila", "Lea", "Lone", "Maja", "Marie", "Merete", "Mina", "Naja", "Nour",
        "Olga", "Pernille", "Ragnhild", "Rikke", "Rosa", "Sara", "Signe", "Siri", "Sofie", "Thea", "Tove", "Ulla",
        "Vera", "Vibeke", "Yasmin", "Zainab",
    ),
    "m": (
        "Adam", "Ahmed", "Aksel", "Ali", "Anders", "Arne", "August", "Bent", "Bjarne", "Carl", "Daniel", "Ebbe",
        "Emil", "Erik", "Finn", "Frode", "Gorm", "Hassan", "Henrik", "Holger", "Ibrahim", "Ivar", "Jakob", "Jonas",
        "Jørgen", "Karim", "Kasper", "Kurt", "Lars", "Leif", "Mads", "Magnus", "Malik", "Mikkel", "Niels", "Noah",
        "Ole", "Omar", "Oskar", "Palle", "Per", "Rasmus", "Samir", "Simon", "Sune", "Svend", "Tage", "Thor",
        "Tobias", "Ulrik", "Villads", "Yusuf",
    ),
}  # fmt: skip
SURNAMES = ("Prøve", "Eksempel")
STREETS = ("Prøvegade", "Eksempelvej", "Opdigtet Allé", "Mønstervænget", "Forsøgsstræde", "Papirgården")
LANGUAGES = ("da",) * 16 + ("ar", "en", "so", "uk", "tr")
CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Person:
    """Someone who does not exist."""

    first_name: str
    last_name: str
    gender: Gender
    cpr: str
    birth_date: date
    address: str
    phone: str
    language: str
    district: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class People:
    """Draws people, each CPR number and each full name at most once."""

    def __init__(self, rng: Random, town: str, districts: tuple[str, ...]) -> None:
        self.rng, self.town, self.districts = rng, town, districts
        self._numbers: set[str] = set()
        self._names: set[str] = set()

    def draw(self, on: date, ages: tuple[int, int], **known: str) -> Person:
        """A person whose age on a day lies within `ages`, both included; `known` are fields that are given."""
        gender: Gender = known.pop("gender", None) or self.rng.choice("km")  # type: ignore[assignment]
        birth = self._birth_date(on, ages)
        first, last = ("", "") if "first_name" in known else self.name(gender)
        return Person(
            **{
                "first_name": first,
                "last_name": last,
                "gender": gender,
                "cpr": self.number(birth, gender),
                "birth_date": birth,
                "address": f"{self.rng.choice(STREETS)} {self.rng.randint(1, 98)}, {self.town}",
                "phone": self.phone(),
                "language": self.rng.choice(LANGUAGES),
                "district": self.rng.choice(self.districts),
                **known,
            }
        )

    def take(self, name: str) -> None:
        """Keeps a name from being drawn."""
        self._names.add(name)

    def phone(self) -> str:
        """A number in a series that no subscriber has."""
        return f"12 34 {self.rng.randint(10, 99)} {self.rng.randint(10, 99)}"

    def number(self, birth: date, gender: Gender) -> str:
        """A free number that ends in 99xx, even for women, and fails modulus 11. Right for births from 1937 to 2036."""
        rests = [n for n in range(9900, 10_000) if (n % 2 == 0) == (gender == "k")]
        self.rng.shuffle(rests)
        for rest in rests:
            number = f"{birth:%d%m%y}{rest}"
            if number not in self._numbers and not passes_modulus_11(number):
                self._numbers.add(number)
                return number
        raise ValueError(f"no number is left for {birth}")

    def _birth_date(self, on: date, ages: tuple[int, int]) -> date:
        youngest, oldest = ages
        days = self.rng.randint(youngest * 366 + 1, (oldest + 1) * 365 - 1)
        return on - timedelta(days=days)

    def name(self, gender: Gender) -> tuple[str, str]:
        """A first name and a surname that nobody else in the world has together."""
        while True:
            first = self.rng.choice(FIRST_NAMES[gender])
            if len(self._names) > 60:
                first = f"{first} {self.rng.choice(FIRST_NAMES[gender])}"
            last = self.rng.choice(SURNAMES)
            if len(set(first.split())) == len(first.split()) and f"{first} {last}" not in self._names:
                self._names.add(f"{first} {last}")
                return first, last


def passes_modulus_11(number: str) -> bool:
    """Whether a number has the check digit that was given out until 2007."""
    return sum(w * int(digit) for w, digit in zip(CPR_WEIGHTS, number, strict=True)) % 11 == 0
