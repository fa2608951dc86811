import pytest

from masterclasses.status.state import VideoState


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (VideoState("waiting", place=1), "is next in line"),
        (VideoState("waiting", place=2), "1 video is ahead"),
        (VideoState("waiting", place=4), "3 videos are ahead"),
        (VideoState("encoding", percent=43), "43 % done"),
        (VideoState("ready", percent=100, watchable=True), "visitors can watch"),
        (VideoState("failed", reason="The file is damaged."), "Encoding failed. The file is damaged."),
        (VideoState("cancelled", reason="The file was replaced."), "cancelled. The file was replaced."),
        (VideoState(), "not been encoded"),
    ],
)
def test_a_state_is_told_in_words(state, words):
    assert words in state.words


def test_an_attempt_that_failed_says_why_it_is_tried_again():
    words = VideoState("waiting", place=1, attempt=1, reason="The decoder crashed.").words
    assert "Attempt 1" in words
    assert "The decoder crashed." in words


def test_while_a_replacement_is_encoded_the_earlier_video_is_mentioned():
    assert "see the earlier one" in VideoState("encoding", percent=5, watchable=True).words


def test_visitors_are_told_the_truth_without_the_reason():
    assert VideoState("encoding", percent=43).for_visitors == "The recording is being prepared: 43 % done."
    failed = VideoState("failed", reason="Disk full").for_visitors
    assert failed == "The recording is not available at the moment."
