"""What people of the sample community have read, watched, kept and finished, done by the actions that readers use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from accounts.actions import ensure_person
from careers.actions import enrol, mark_done
from careers.feedback import answer_feedback, give_feedback
from careers.learning.bookmarking import keep
from careers.learning.noting import write_note
from careers.learning.passages import Passage, passages_of
from careers.learning.places import record_place
from careers.models import Completion, Enrolment, WeeklyPlan
from careers.planning.keeping import save_plan
from careers.planning.sessions import Slot
from careers.progress.recording import Report, record_reading
from careers.progress.sums import needed_seconds
from home.models import ContentPage
from masterclasses.models import PartPage
from masterclasses.watching.beats import Beat
from masterclasses.watching.positions import record_position
from masterclasses.watching.recording import record_beats
from masterclasses.watching.sessions import Session
from portal.sample.content import Item, read

EDITOR = "editor@example.org"
#: Everything was read and watched in the hours before it was loaded.
EARLIER = timedelta(hours=3)


class SamplePractice:
    """Each person's deeds are loaded together and once; whoever has done anything is left alone."""

    def __init__(self, pages: dict[str, ContentPage]) -> None:
        self.pages = pages

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        everybody = read("practice")["person"]
        return [(f"what {item['email']} has done", partial(self.person, item)) for item in everybody]

    @transaction.atomic
    def person(self, item: Item) -> None:
        person = get_user_model().objects.filter(email=item["email"]).first()
        person = person or ensure_person(email=item["email"], name=item["name"], password=None)
        if Enrolment.objects.of(person).exists() or Completion.objects.of(person).exists():
            return
        began = timezone.now() - EARLIER
        self._follow(person, item["follows"], began)
        for watched in item.get("watches", []):
            self._watch(person, watched, began)
        self._read(person, item, began)
        for page in item.get("bookmarks", []):
            keep(person=person, page=self.pages[page])
        for note in item.get("notes", []):
            self._note(person, note)
        for given in item.get("feedback", []):
            self._feedback(person, given)
        if slots := item.get("plan"):
            week = [Slot(slot["weekday"], slot["at"], slot["minutes"]) for slot in slots]
            save_plan(person=person, slots=week, speed=WeeklyPlan.Speed.AS_RECORDED)

    def _follow(self, person: Any, follows: dict[str, int], began: datetime) -> None:
        for path, days in follows.items():
            enrol(person=person, path=self.pages[path].specific, since=began - timedelta(days=days))

    def _watch(self, person: Any, item: Item, began: datetime) -> None:
        part = PartPage.objects.select_related("video__published").get(pk=self.pages[item["part"]].pk)
        devices = {name: stretches for name, stretches in item.items() if name != "part"}
        for device, stretches in devices.items():
            session = Session(f"sample.{device}", person.pk, part.pk, began.timestamp())
            beats = played(stretches, began)
            record_beats(person=person, part=part, session=session, beats=beats)
            began = datetime.fromtimestamp(beats[-1].measured, UTC)  # one device after the other
            record_position(person=person, part=part, seconds=beats[-1].end, measured_at=began)

    def _read(self, person: Any, item: Item, began: datetime) -> None:
        for page in item.get("reads", []):
            record_reading(person=person, page=self.pages[page], report=_report(self.pages[page], began, share=1.0))
        for begun in item.get("begins", []):
            page = self.pages[begun["page"]]
            record_reading(person=person, page=page, report=_report(page, began, share=begun["share"]))
            passages = passages_of(page.specific)
            reached = passages[int(begun["share"] * (len(passages) - 1))]
            record_place(person=person, page=page, anchor=reached.anchor)
        for page in item.get("marks", []):
            mark_done(person=person, page=self.pages[page])

    def _note(self, person: Any, item: Item) -> None:
        page = self.pages[item["page"]]
        passage = _passage(page, item["passage"]) if "passage" in item else None
        write_note(person=person, page=page, text=item["text"], seconds=item.get("at"), passage=passage)

    def _feedback(self, person: Any, item: Item) -> None:
        page, sentence = self.pages[item["page"]], item.get("sentence")
        given = give_feedback(page=page, helpful=item["helpful"], sentence=sentence, person=person)
        editor = get_user_model().objects.filter(email=EDITOR).first()
        if "answer" in item and editor:
            answer_feedback(feedback=given, answer=item["answer"], editor=editor)


def played(stretches: list[list[float]], began: datetime) -> list[Beat]:
    """One beat for each stretch, played one after the other from the beginning of the session on."""
    beats, clock = [], began.timestamp()
    for sequence, (start, end) in enumerate(stretches):
        clock += end - start
        beats.append(Beat(sequence, float(start), float(end), 1.0, clock))
    return beats


def _report(page: ContentPage, began: datetime, *, share: float) -> Report:
    """A sitting of the shortest plausible time and a little more, as far down as `share`."""
    seconds = needed_seconds(page.minutes) + 30.0
    return Report(f"sample-{page.pk}", began, began + timedelta(seconds=seconds), seconds, 0.0, share)


def _passage(page: ContentPage, words: str) -> Passage:
    return next(passage for passage in passages_of(page.specific) if passage.quote.startswith(words))
