from django.db import migrations


def to_rows(apps, schema_editor):
    """Each consent that stood on a party becomes a row; how it was given was never asked, so that stays empty."""
    Party, Consent = apps.get_model("cases", "Party"), apps.get_model("cases", "Consent")
    Consent.objects.bulk_create(
        Consent(
            citizen_id=party.citizen_id,
            party=party,
            information=party.consent_to or "Ikke beskrevet",
            given_on=party.consent_given_on,
            until=party.consent_until,
            withdrawn_on=party.consent_withdrawn_on,
        )
        for party in Party.objects.filter(consent_given_on__isnull=False).iterator()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_drafts_and_parties'),
    ]

    operations = [
        migrations.RunPython(to_rows, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="party", name="consent_given_on"),
        migrations.RemoveField(model_name="party", name="consent_to"),
        migrations.RemoveField(model_name="party", name="consent_until"),
        migrations.RemoveField(model_name="party", name="consent_withdrawn_on"),
    ]
