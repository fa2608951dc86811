"""What an address given by an editor must look like."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

#: Addresses of the web only: no javascript:, data:, file: or ftp:.
web_address = URLValidator(schemes=["http", "https"], message=_("Give an address that begins with https://."))
