"""The database refuses to change what papers and slides stand on, whoever asks: runs, and what was sent or shown."""

from django.db import migrations

# Table -> what is refused. A figure that no text uses may be taken out, but never changed.
REFUSED = {
    "steering_run": ("update", "delete"),
    "steering_paperversion": ("update", "delete"),
    "steering_paperfigure": ("update",),
    "steering_deckversion": ("update", "delete"),
}
WHY = "what is kept for papers is never changed"

SQLITE = f"""
CREATE TRIGGER {{table}}_no_{{event}} BEFORE {{EVENT}} ON {{table}}
BEGIN SELECT RAISE(ABORT, '{WHY}'); END
"""
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION steering_keeps_what_was_made() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION steering_keeps_what_was_made()
"""


def guard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(POSTGRES_FUNCTION)
    for table, event in _each(postgres):
        statement = POSTGRES if postgres else SQLITE
        schema_editor.execute(statement.format(table=table, event=event, EVENT=event.upper()))


def unguard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, event in _each(postgres):
        schema_editor.execute(f"DROP TRIGGER {table}_no_{event}" + (f" ON {table}" if postgres else ""))
    if postgres:
        schema_editor.execute("DROP FUNCTION steering_keeps_what_was_made()")


def _each(postgres):
    """(table, event). Only PostgreSQL can empty a table at a stroke."""
    for table, events in REFUSED.items():
        yield from ((table, event) for event in events)
        if postgres and "delete" in events:
            yield table, "truncate"


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
