"""Forms of an invoice's control: how a difference is settled, and why an invoice goes back."""

from typing import Any

from django import forms

from mentorkorps.domain.invoice import CANNOT_ACCEPT
from mentorkorps.ledger.models import Settlement
from mentorkorps.web.forms import HouseForm, LongText
from mentorkorps.web.money_fields import KronerField

Way = Settlement.Way
PAYS = (
    (Way.ACCEPT, "Accepter: betal det, der står"),
    (Way.REDUCE, "Nedsæt: betal mindre"),
    (Way.DISPUTE, "Spørg leverandøren, og betal ikke endnu"),
)
CREDITS = (
    (Way.ACCEPT, "Accepter: træk det fra, der står"),
    (Way.REDUCE, "Nedsæt: træk mindre fra"),
    (Way.DISPUTE, "Spørg leverandøren, og træk ikke fra endnu"),
)


class SettlementForm(HouseForm):
    """How one difference is settled."""

    way = forms.ChoiceField(label="Hvad gør du?", widget=forms.RadioSelect)
    pay = KronerField(
        label="Betal kun, kr. uden moms", required=False, help_text="Kun når du nedsætter. 0 betaler intet."
    )
    reason = LongText(
        label="Hvorfor", help_text="Den, der godkender, læser det. Ved et spørgsmål er det selve spørgsmålet."
    )

    def __init__(self, code: str, is_credit: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = CREDITS if is_credit else PAYS
        self.fields["way"].choices = [
            (way, label) for way, label in ways if way != Way.ACCEPT or code not in CANNOT_ACCEPT
        ]
        if is_credit:
            self.fields["pay"].label = "Træk kun fra, kr. uden moms"
            self.fields["pay"].help_text = "Kun når du nedsætter. 0 trækker intet fra."


class ReturnForm(HouseForm):
    """Why an invoice goes back to the supplier."""

    reason = LongText(
        label="Hvorfor sendes den tilbage?", help_text="Skriv det, så leverandøren kan sende en ny."
    )
