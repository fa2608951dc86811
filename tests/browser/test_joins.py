"""What was encoded in pieces plays as one: nothing is missing where two of them meet."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from masterclasses.actions import add_video
from masterclasses.models import Piece, Video
from masterclasses.templatetags.video_tags import HLS_MODULE
from masterclasses.transcoding.work import work_until_done
from tests.browser.test_masterclasses import listen, plays, until, video
from tests.factories.masterclasses import PartPageFactory, film

SECONDS = 24.024  # 720 pictures, six groups, two pieces


@pytest.mark.django_db(transaction=True)
def test_a_join_of_pieces_cannot_be_seen_in_the_browser(page, live_server, tmp_path):
    options = ("-g", "50", "-bf", "2")
    source = film(tmp_path / "talk.mp4", seconds=SECONDS, size="320x180", rate="30000/1001", options=options)
    add_video(title="Talk", file=ContentFile(source.read_bytes(), "talk.mp4"))
    work_until_done()
    join = Piece.objects.get(role="video", number=1).start
    part = PartPageFactory(video=Video.objects.get())

    complaints = listen(page)
    page.goto(live_server.url + part.url)
    plays(page)
    if finders.find(HLS_MODULE):
        until(page, "v.dataset.playing === 'hls'")
    video(page, f"(v.currentTime = {join - 0.5}, 0)")
    until(page, f"v.currentTime > {join + 1}")
    video(page, "(v.currentTime = 0, 0)")
    until(page, f"v.buffered.length && v.buffered.end(v.buffered.length - 1) > {SECONDS - 0.1}")

    assert video(page, "v.buffered.length") == 1, "a gap would part what is buffered"
    assert video(page, "v.duration") == pytest.approx(SECONDS, abs=0.1)
    assert complaints == []
