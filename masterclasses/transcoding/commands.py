"""ffmpeg's command lines for pictures, built without touching anything. Outputs are plain names in the working folder.

One decode feeds all rungs of a piece. A piece keeps the source's clock: its first picture has the time that it has in
the whole, so that segments of different pieces follow each other as if they had been encoded in one go.
"""

from __future__ import annotations

from masterclasses.transcoding import accepted
from masterclasses.transcoding.ladder import Plan, Rung
from masterclasses.transcoding.planning import Chunk

QUALITY = {"preset": "veryfast", "crf": "22"}
AV1_QUALITY = {"preset": "9", "crf": "35"}
#: From linear light of PQ or HLG to what an ordinary screen shows; pictures are made small before, not after.
TONEMAP = (
    "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0,"
    "zscale=transfer=bt709:matrix=bt709:range=tv,format=yuv420p"
)
#: Without zscale: HLG was made to look right on ordinary screens; PQ needs a push.
APPROXIMATE = (
    "setparams=color_trc=bt2020-10:color_primaries=bt2020:colorspace=bt2020nc,"
    "colorspace=space=bt709:primaries=bt709:trc=bt709:format=yuv420p"
)
PUSH = {"pq": ",eq=contrast=1.4:brightness=0.08:saturation=1.4", "hlg": ""}


def opening(ffmpeg: str) -> list[str]:
    return [
        ffmpeg,
        *("-nostdin", "-hide_banner", "-v", "error", "-y", "-progress", "pipe:1", "-stats_period", "0.5"),
    ]


def input_options() -> list[str]:
    return [argument for name, value in accepted.OPTIONS.items() for argument in (f"-{name}", value)]


def video_command(ffmpeg: str, source: str, plan: Plan, chunk: Chunk, names: list[str], *, threads: int) -> list[str]:
    """The argument list that encodes `chunk` of the local file `source` into the segments of the rungs `names`."""
    seek = ["-noaccurate_seek", "-ss", seconds(plan, chunk)] if chunk.first else []
    rungs = plan.named(names)
    return [
        *opening(ffmpeg),
        *input_options(),
        *("-copyts", "-start_at_zero", *seek, "-threads", str(threads), "-i", f"file:{source}"),
        *("-filter_complex_threads", str(threads), "-filter_complex", filter_graph(plan, chunk, rungs)),
        *(argument for rung in rungs for argument in rung_output(rung, plan, chunk, threads)),
    ]


def seconds(plan: Plan, chunk: Chunk) -> str:
    return f"{plan.at(chunk.first):.6f}"


def filter_graph(plan: Plan, chunk: Chunk, rungs: tuple[Rung, ...]) -> str:
    """Constant frame rate first: what comes before the chunk's first picture is dropped there, too."""
    split = "".join(f"[in_{rung.name}]" for rung in rungs)
    chain = [f"[0:V:0]fps={plan.rate}:start_time={seconds(plan, chunk)}", f"trim=end_frame={chunk.frames}"]
    if plan.tone:
        largest = max(rungs, key=lambda rung: rung.pixels)
        chain += [f"scale={largest.width}:{largest.height}:flags=bicubic", to_ordinary(plan)]
    chain.append(f"split={len(rungs)}{split}")
    scaled = (
        f"[in_{rung.name}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1,format=yuv420p[{rung.name}]"
        for rung in rungs
    )
    return ";".join([",".join(chain), *scaled])


def to_ordinary(plan: Plan) -> str:
    return TONEMAP if plan.tone == "tonemap" else APPROXIMATE + PUSH[plan.transfer]


def rung_output(rung: Rung, plan: Plan, chunk: Chunk, threads: int) -> list[str]:
    return [
        *("-map", f"[{rung.name}]", "-map_metadata", "-1", "-map_chapters", "-1"),
        *(av1_options(rung, plan) if rung.codec == "av1" else h264_options(rung, plan)),
        *("-threads", str(threads), "-flags:v", "+global_header"),
        *hls_options(rung.name, chunk.first // plan.group),
    ]


def h264_options(rung: Rung, plan: Plan) -> list[str]:
    return [
        *("-c:v", "libx264", "-preset", QUALITY["preset"], "-crf", QUALITY["crf"], "-profile:v", "high"),
        *("-maxrate", f"{rung.peak_kbits}k", "-bufsize", f"{rung.peak_kbits * 2}k"),
        *("-g", str(plan.group), "-keyint_min", str(plan.group), "-sc_threshold", "0"),
        *("-force_key_frames", f"expr:eq(mod(n,{plan.group}),0)"),
    ]


def av1_options(rung: Rung, plan: Plan) -> list[str]:
    return [
        *("-c:v", "libsvtav1", "-preset", AV1_QUALITY["preset"], "-crf", AV1_QUALITY["crf"]),
        *("-g", str(plan.group), "-svtav1-params", "scd=0"),
    ]


def hls_options(name: str, first_segment: int) -> list[str]:
    """A segment ends at every key frame: there is one at the beginning of each group, and nowhere else."""
    return [
        *("-avoid_negative_ts", "disabled", "-f", "hls", "-hls_time", "1", "-hls_list_size", "0"),
        *("-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", "-hls_flags", "independent_segments"),
        *("-hls_segment_options", "movflags=+frag_discont", "-start_number", str(first_segment)),
        *("-hls_fmp4_init_filename", f"{name}_init.mp4", "-hls_segment_filename", f"{name}_%05d.m4s"),
        f"{name}.m3u8",
    ]
