from masterclasses.transcoding import playlists

MEDIA = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MAP:URI="360p_init.mp4"
#EXTINF:4.000000,
360p_00000.m4s
#EXTINF:2.000000,
360p_00001.m4s
#EXT-X-ENDLIST
"""
VARIANT = playlists.Variant("360p.m3u8", 640, 360, 800_000, 500_000, "avc1.64001e")


def test_segments_have_their_seconds():
    assert playlists.segments(MEDIA) == [("360p_00000.m4s", 4.0), ("360p_00001.m4s", 2.0)]
    assert playlists.init_segment(MEDIA) == "360p_init.mp4"


def test_the_peak_is_that_of_the_thickest_segment():
    sizes = {"360p_00000.m4s": 100_000, "360p_00001.m4s": 100_000}
    assert playlists.bandwidth(MEDIA, sizes.__getitem__) == (400_000, 266_667)


def test_a_playlist_without_segments_weighs_nothing():
    assert playlists.bandwidth("#EXTM3U\n", lambda name: 1) == (0, 0)


def test_the_codec_is_read_from_the_initialisation_segment():
    assert playlists.h264_codec(b"....avcC\x01\x64\x00\x1f....") == "avc1.64001f"


def test_the_master_names_sound_once_for_all_rungs():
    text = playlists.master([VARIANT], audio="audio.m3u8", audio_peak=128_000)
    assert text.count("#EXT-X-MEDIA:TYPE=AUDIO") == 1
    assert (
        'BANDWIDTH=928000,AVERAGE-BANDWIDTH=628000,RESOLUTION=640x360,CODECS="avc1.64001e,mp4a.40.2",AUDIO="sound"'
        in text
    )
    assert text.endswith("360p.m3u8\n")


def test_without_sound_the_master_does_not_mention_it():
    text = playlists.master([VARIANT])
    assert "AUDIO" not in text
    assert "mp4a" not in text
