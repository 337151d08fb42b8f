"""The database refuses to change a paper as it was sent, or a figure that it has frozen, whoever asks."""

from django.db import migrations

# Table -> what is refused. A figure that no text uses may be taken out, but never changed.
REFUSED = {"steering_paperversion": ("update", "delete"), "steering_paperfigure": ("update",)}

SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
BEGIN SELECT RAISE(ABORT, 'what a paper has frozen is never changed'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION a_paper_stays_as_sent() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what a paper has frozen is never changed'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION a_paper_stays_as_sent()
"""


def guard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(POSTGRES_FUNCTION)
    for table, event in _each():
        statement = POSTGRES if postgres else SQLITE
        schema_editor.execute(statement.format(table=table, event=event, EVENT=event.upper()))


def unguard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, event in _each():
        schema_editor.execute(f"DROP TRIGGER {table}_no_{event}" + (f" ON {table}" if postgres else ""))
    if postgres:
        schema_editor.execute("DROP FUNCTION a_paper_stays_as_sent()")


def _each():
    return [(table, event) for table, events in REFUSED.items() for event in events]


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_proposals_and_papers")]
    operations = [migrations.RunPython(guard, unguard)]
