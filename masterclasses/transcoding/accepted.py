"""What sources may be: containers, codecs and bounds. The same whitelists serve the probe and the encoder.

A protocol whitelist alone does not stop playlists that are named like videos: the formats must be listed too.
"""

from __future__ import annotations

PROTOCOLS = "file,pipe"
FORMATS = "mov,matroska,avi,mpegts,mpeg,flv,asf"
DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,mpeg4,msmpeg4,msmpeg4v1,msmpeg4v2,mpeg1video,mpeg2video,"
    "prores,dnxhd,mjpeg,vc1,wmv1,wmv2,wmv3,h263,flv,theora,"
    "aac,aac_latm,mp2,mp2float,mp3,mp3float,opus,libopus,vorbis,libvorbis,ac3,eac3,flac,alac,wmav1,wmav2,wmapro,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw,adpcm_ms,adpcm_ima_wav"
)

MAX_WIDTH = 8192
MAX_HEIGHT = 4320
MAX_PIXELS = MAX_WIDTH * MAX_HEIGHT
MIN_SIDE = 64
MAX_SECONDS = 6 * 3600
MAX_FPS = 240
MAX_STREAMS = 16

#: Demuxer options, as ffmpeg and PyAV both take them.
OPTIONS = {
    "protocol_whitelist": PROTOCOLS,
    "format_whitelist": FORMATS,
    "codec_whitelist": DECODERS,
    "max_pixels": str(MAX_PIXELS),
}
