"""The database refuses to change slides as they were shown, whoever asks."""

from django.db import migrations

TABLE = "steering_deckversion"
SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
BEGIN SELECT RAISE(ABORT, 'slides that were shown are never changed'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION slides_stay_as_shown() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'slides that were shown are never changed'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION slides_stay_as_shown()
"""


def guard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(POSTGRES_FUNCTION)
    for event in ("update", "delete"):
        statement = POSTGRES if postgres else SQLITE
        schema_editor.execute(statement.format(table=TABLE, event=event, EVENT=event.upper()))


def unguard(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}" + (f" ON {TABLE}" if postgres else ""))
    if postgres:
        schema_editor.execute("DROP FUNCTION slides_stay_as_shown()")


class Migration(migrations.Migration):
    dependencies = [("steering", "0005_decks")]
    operations = [migrations.RunPython(guard, unguard)]
