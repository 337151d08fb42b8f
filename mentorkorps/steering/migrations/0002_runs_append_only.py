"""The database refuses to change or delete a run, whoever asks: papers stand on its figures."""

from django.db import migrations

TABLE = "steering_run"

SQLITE = """
CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
BEGIN SELECT RAISE(ABORT, 'a run is never changed'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION a_run_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a run is never changed'; END $$
"""
POSTGRES = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION a_run_is_never_changed()
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
        schema_editor.execute(POSTGRES.format(table=TABLE))
        return
    for event in ("update", "delete"):
        schema_editor.execute(SQLITE.format(table=TABLE, event=event, EVENT=event.upper()))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
        schema_editor.execute("DROP FUNCTION a_run_is_never_changed()")
        return
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_runs")]
    operations = [migrations.RunPython(guard, unguard)]
