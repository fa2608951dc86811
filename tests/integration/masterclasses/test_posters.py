"""Which picture stands for a video: the one chosen by itself, or the still that an editor chose."""

from __future__ import annotations

import pytest

from masterclasses.actions import publish_encode
from masterclasses.models import Video
from masterclasses.models.video import watch_url
from tests.factories.accounts import AdminFactory, browser_of
from tests.factories.masterclasses import PartPageFactory, TranscodeFactory, VideoFactory, publish

pytestmark = pytest.mark.django_db
STILLS = {f"poster_{number:02}_jpg": b"jpeg" for number in range(1, 9)}


@pytest.fixture
def video():
    video = VideoFactory()
    publish(video, **STILLS)
    return video


@pytest.fixture
def desk():
    return browser_of(AdminFactory())


def choose(desk, video, name):
    return desk.post(f"/admin/videos/{video.pk}/poster/", {"poster": name}, follow=True).content.decode()


def poster_of(video: Video) -> str:
    return Video.objects.get(pk=video.pk).playback.poster.rpartition("/")[2]


def test_the_edit_page_offers_the_stills_of_the_published_encode(desk, video):
    page = desk.get(f"/admin/media/edit/{video.pk}/").content.decode()

    for number in range(1, 9):
        assert f'value="poster_{number:02}.jpg"' in page
        assert f'src="{watch_url(video.published, f"poster_{number:02}.jpg")}"' in page
    assert "Picture 8 of 8" in page


def test_choosing_a_still_makes_it_the_poster_everywhere(desk, video):
    assert poster_of(video) == "poster.jpg"

    page = choose(desk, video, "poster_03.jpg")

    assert 'value="poster_03.jpg" checked' in page
    assert poster_of(video) == "poster_03.jpg"
    part = PartPageFactory(video=video)
    assert f'poster="{watch_url(video.published, "poster_03.jpg")}"' in desk.get(part.url).content.decode()
    choose(desk, video, "")
    assert poster_of(video) == "poster.jpg"


@pytest.mark.parametrize("name", ["poster_99.jpg", "video.mp4", "../../x.jpg", "poster_1.jpg"])
def test_a_name_that_is_no_still_of_it_is_refused(desk, video, name):
    page = choose(desk, video, name)

    assert "not one of the video&#x27;s stills" in page or "not one of the video's stills" in page
    assert poster_of(video) == "poster.jpg"


def test_the_choice_stays_with_the_encode_that_it_was_made_from(desk, video):
    choose(desk, video, "poster_03.jpg")
    publish_encode(video.published)
    assert poster_of(video) == "poster_03.jpg"

    publish_encode(TranscodeFactory(video=video))

    assert Video.objects.get(pk=video.pk).poster_name == ""


def test_a_video_without_stills_offers_no_choice(desk):
    assert 'id="poster-heading"' not in desk.get(f"/admin/media/edit/{VideoFactory().pk}/").content.decode()
