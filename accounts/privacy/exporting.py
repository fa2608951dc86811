"""Everything about a person in one ZIP: JSON for machines, Markdown for people, and the files that are theirs.

Rows are read and written in chunks; nothing grows with the account but the file on disk.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, FileField, ForeignKey
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy.fields import fields_of, files_of, shown_fields, value_of
from accounts.privacy.looks import looks_at
from accounts.privacy.markdown import Book
from accounts.privacy.walking import Link, links

CHUNK = 500
JSON_NAME, MARKDOWN_NAME = "about-me.json", "about-me.md"


@dataclass(frozen=True)
class Section:
    """`key` is "app.Model.column" in the JSON; each row is a list of (column, what it is called, value)."""

    key: str
    title: str
    rows: Iterator[list[tuple[str, str, Any]]]


def write_export(person: User) -> IO[bytes]:
    """Return the ZIP as an open temporary file, at its beginning; closing it removes it."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the answer that sends it closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made, tempfile.TemporaryFile() as words:
        with made.open(JSON_NAME, "w") as raw, TextIOWrapper(raw, "utf-8") as out:
            book = Book(TextIOWrapper(words, "utf-8", write_through=True))
            _write(person, out, book)
        words.seek(0)
        with made.open(MARKDOWN_NAME, "w") as out_words:
            shutil.copyfileobj(words, out_words)
        _add_files(person, made)
    archive.seek(0)
    return archive


def sections(person: User) -> Iterator[Section]:
    """The person's own row, who looked at it, and every row that refers to it."""
    yield Section("accounts.User", _("Your account"), _rows([person], shown_fields(User), person))
    looked = [[("at", _("When"), look.at), ("role", _("As"), look.role)] for look in looks_at(person)]
    yield Section("looks", _("Who looked at your progress"), iter(looked))
    for link in links():
        yield Section(link.key, link.title, _rows(_all_of(link, person), fields_of(link), person))


def _all_of(link: Link, person: User) -> Iterator[Any]:
    fields = fields_of(link)
    near = [field.name for field in fields if isinstance(field, ForeignKey) and field.related_model is not User]
    many = [field.name for field in fields if field.many_to_many]
    rows = link.rows(person).select_related(*near) if near else link.rows(person)
    if link.kept and link.kept.fields and not link.above:  # a revision holds a whole page
        rows = rows.only(*[field.name for field in fields if not field.many_to_many])
    return rows.prefetch_related(*many).iterator(chunk_size=CHUNK)


def _rows(rows: Any, fields: list[Field[Any, Any]], person: User) -> Iterator[list[tuple[str, str, Any]]]:
    for row in rows:
        yield [(field.name, capfirst(str(field.verbose_name)), value_of(row, field, person)) for field in fields]


def _write(person: User, out: IO[str], book: Book) -> None:
    book.title(_("Everything about %(name)s") % {"name": person.get_full_name()})
    made_at = json.dumps(timezone.now(), cls=DjangoJSONEncoder)
    out.write(f'{{"made_at": {made_at}, "sections": {{')
    for number, section in enumerate(sections(person)):
        out.write(f"{',' if number else ''}\n{json.dumps(section.key)}: [")
        for index, row in enumerate(section.rows):
            if not index:
                book.section(section.title)
            values = {name: value for name, _label, value in row}
            out.write(f"{',' if index else ''}\n{json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)}")
            book.row(row)
        out.write("]")
    out.write("\n}}\n")


def _add_files(person: User, archive: zipfile.ZipFile) -> None:
    for link in links():
        columns: list[Field[Any, Any]] = [field for field in fields_of(link) if isinstance(field, FileField)]
        if not link.goes or not columns:
            continue
        for file in files_of(link.rows(person).iterator(chunk_size=CHUNK), columns):
            if file.storage.exists(file.name):
                with file.open("rb") as source, archive.open(f"files/{file.name}", "w") as copy:
                    shutil.copyfileobj(source, copy)
