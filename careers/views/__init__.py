from careers.views.bookmarks import bookmark_fragment, bookmarks, drop, keep
from careers.views.feed import download, end_feed, feed, renew_feed
from careers.views.feedback import feedback, feedback_fragment
from careers.views.fragments import page_fragment, path_fragment
from careers.views.kept import kept, kept_preview, kept_take
from careers.views.learning import history, my_learning, my_path
from careers.views.notebook import export_notes, notes
from careers.views.notes import (
    delete_note,
    my_page,
    note,
    notes_fragment,
    restore_note,
    write_note,
)
from careers.views.places import place
from careers.views.plan import plan
from careers.views.progress import done, enrol, leave, undo
from careers.views.reading import opened, reading

__all__ = [
    "bookmark_fragment",
    "bookmarks",
    "delete_note",
    "done",
    "download",
    "drop",
    "end_feed",
    "enrol",
    "export_notes",
    "feed",
    "feedback",
    "feedback_fragment",
    "history",
    "keep",
    "kept",
    "kept_preview",
    "kept_take",
    "leave",
    "my_learning",
    "my_page",
    "my_path",
    "note",
    "notes",
    "notes_fragment",
    "opened",
    "page_fragment",
    "path_fragment",
    "place",
    "plan",
    "reading",
    "renew_feed",
    "restore_note",
    "undo",
    "write_note",
]
