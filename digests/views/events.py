"""Where a mail provider tells what became of mails: Anymail reads and checks, we record."""

from __future__ import annotations

import logging
from typing import Any

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.urls import urlpatterns
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests.delivery.events import hear
from digests.delivery.providers import report_of
from digests.models import MailEvent

logger = logging.getLogger(__name__)
LARGEST = 2 * 1024 * 1024  # bytes; providers send some hundred events at once


@csrf_exempt
@never_cache
@require_http_methods(["POST", "HEAD"])
def provider_events(request: HttpRequest, provider: str) -> HttpResponse:
    """200 when all is recorded, 202 when something waits for a delivery that is not known yet."""
    view = _view_of(provider)
    if request.method == "HEAD":  # some providers look whether anybody is there
        return HttpResponse()
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        events = _checked(view, request)
    except (AnymailWebhookValidationFailure, AnymailConfigurationError) as error:
        logger.warning("Events of %s were refused: %s", provider, error)
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="events"'})
    except (ValueError, KeyError, TypeError, AttributeError, LookupError) as error:
        logger.warning("Events of %s cannot be read: %r", provider, error)
        return HttpResponse(status=400)
    heard = [hear(report) for event in events if (report := report_of(event, provider))]
    waits = any(event and event.state == MailEvent.State.WAITING for event in heard)
    return HttpResponse(status=202 if waits else 200)


def _view_of(provider: str) -> Any:
    """Anymail's view for the provider that this portal sends with; no other one has an address here."""
    if f"anymail.backends.{provider}.EmailBackend" != settings.EMAIL_BACKEND:
        raise Http404
    routes = {str(pattern.pattern): pattern.callback for pattern in urlpatterns}
    callback = routes.get(f"{provider}/tracking/")
    if callback is None:
        raise Http404
    return callback.view_class


def _checked(view_class: Any, request: HttpRequest) -> list[Any]:
    """The events, once it is proved that they come from the provider. An open door is no door."""
    if view_class.warn_if_no_basic_auth and not getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET"):
        raise AnymailConfigurationError("EMAIL_PROVIDER_KEYS names no WEBHOOK_SECRET.")
    view = view_class()
    view.setup(request)
    view.run_validators(request)
    return list(view.parse_events(request))
