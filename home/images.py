"""The sizes in which images are shown, in one place, so that a list can fetch its renditions in one query."""


def specs(*sizes: str) -> tuple[str, ...]:
    """Return what Wagtail calls the renditions of `sizes` that `components/cover.html` offers to browsers."""
    return tuple(f"fill-{size}|format-{kind}" for size in sizes for kind in ("avif", "webp"))


CARD_IMAGE_SPECS = specs("320x180", "640x360")
#: What a cover at the head of a page has beside these.
WIDE_IMAGE_SPECS = specs("1280x720")
COVER_IMAGE_SPECS = CARD_IMAGE_SPECS + WIDE_IMAGE_SPECS
PORTRAIT_SPEC = "fill-192x192|format-webp"
#: What social networks ask for (Open Graph); JPEG, which all of them read.
SHARE_IMAGE_SPEC = "fill-1200x630|format-jpeg"
