"""Forms of the admin that are stricter than Wagtail's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Counts the pixels of every frame: Wagtail's own limit sees the first frame of an animation alone."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        with Image.open(file) as picture:
            pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
            file.seek(0)
            if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise ValidationError(
                    _("This image has too many pixels: %(pixels)s in all its frames, and %(limit)s are allowed.")
                    % {"pixels": pixels, "limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS}
                )
        return file
