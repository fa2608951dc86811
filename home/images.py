"""The sizes in which images are shown, in one place, so that a list can fetch its renditions in one query."""

CARD_IMAGE_SPECS = ("fill-640x360|format-webp", "fill-320x180|format-webp")
PORTRAIT_SPEC = "fill-192x192|format-webp"
#: What social networks ask for (Open Graph); JPEG, which all of them read.
SHARE_IMAGE_SPEC = "fill-1200x630|format-jpeg"
