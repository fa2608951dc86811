"""What verifiers fetch: who the issuer is, its public keys, and which credentials do not hold any more."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.credentials import badge, issuer, signing
from careers.credentials import status_list as lists
from careers.credentials.keys import NoSigningKey
from careers.credentials.selectors import is_status_list

MINUTE = 60
FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*"}


@require_safe
@cache_control(public=True, max_age=5 * MINUTE)
def did_document(request: HttpRequest) -> HttpResponse:
    return JsonResponse(issuer.did_document(), content_type="application/did+json", headers=FROM_ANYWHERE)


@require_safe
@cache_control(public=True, max_age=5 * MINUTE)
def key_set(request: HttpRequest) -> HttpResponse:
    return JsonResponse(issuer.key_set(), content_type="application/jwk-set+json", headers=FROM_ANYWHERE)


@require_safe
@cache_control(public=True, max_age=5 * MINUTE)
def issuer_profile(request: HttpRequest) -> HttpResponse:
    context = {"@context": badge.CONTEXTS}
    return JsonResponse(context | issuer.profile(), content_type="application/ld+json", headers=FROM_ANYWHERE)


@require_safe
@cache_control(public=True, max_age=MINUTE)
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """A signed BitstringStatusListCredential; one more than what is filled, so that a new list is there in time."""
    if not is_status_list(number):
        raise Http404
    document = lists.document(number, issuer=issuer.profile())
    claims = {"iss": document["issuer"], "jti": document["id"], "sub": document["credentialSubject"]["id"]}
    times = {name: signing.seconds(document[stamp]) for name, stamp in (("nbf", "validFrom"), ("exp", "validUntil"))}
    try:
        signed = signing.sign(document | claims | times)
    except NoSigningKey as missing:
        raise Http404 from missing
    return HttpResponse(signed, content_type="application/vc+jwt", headers=FROM_ANYWHERE)
