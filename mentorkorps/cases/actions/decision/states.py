"""How a decision moves between its states, one act at a time."""

from django.core.exceptions import ValidationError

from mentorkorps.cases.models import Decision


def lock(decision: Decision, state: str) -> None:
    """Reads the decision anew under a lock, and sees that it is still in a state.

    Raises ValidationError where another window or person has moved it on.
    """
    decision.refresh_from_db(from_queryset=Decision.objects.select_for_update())
    if decision.state != state:
        raise ValidationError(
            f"Afgørelsen er i mellemtiden blevet: {decision.get_state_display()}. Se på siden, hvad der mangler nu."
        )


def move(decision: Decision, state: str, **fields: object) -> None:
    """Writes the new state and what comes with it."""
    for name, value in {"state": state, **fields}.items():
        setattr(decision, name, value)
    decision.save(update_fields=["state", *fields])
