"""On PostgreSQL: what searching needs beside Wagtail's own indexes.

An index over title and body together, as a search asks for them; without it every search reads every entry. And
trigrams of titles, from which a search without results suggests; their extension is one that a database's owner may
create. Where that is not allowed, or the server lacks it, the portal runs without suggestions and says so here.
"""

from django.db import migrations

TRIGRAMS = "home_page_title_trigrams"
WORDS = "home_search_title_and_body"
HOW = "Search will make no suggestions: ask for CREATE EXTENSION pg_trgm, then migrate home to 0003 and back to 0004."


def add(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {WORDS} ON wagtailsearch_indexentry USING gin ((title || body))")
        if not _extension(cursor):
            print(f"\n    {HOW}")  # migrations speak to the operator's terminal
            return
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {TRIGRAMS} ON wagtailcore_page USING gin (title gin_trgm_ops)")


def _extension(cursor):
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
    if cursor.fetchone():
        return True
    cursor.execute(
        "SELECT 1 FROM pg_available_extension_versions WHERE name = 'pg_trgm'"
        " AND (trusted AND has_database_privilege(current_database(), 'CREATE')"
        " OR (SELECT usesuper FROM pg_user WHERE usename = current_user))"
    )
    if not cursor.fetchone():
        return False
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    return True


def remove(apps, schema_editor):
    """The indexes go; the extension stays, for it may be somebody else's."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {TRIGRAMS}")
        schema_editor.execute(f"DROP INDEX IF EXISTS {WORDS}")


class Migration(migrations.Migration):
    dependencies = [("home", "0003_home_page"), ("wagtailsearch", "0006_customise_indexentry")]

    operations = [migrations.RunPython(add, remove)]
