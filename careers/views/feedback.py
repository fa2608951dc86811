"""“Was this helpful?”, for everybody, with or without an account."""

from __future__ import annotations

import re
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from careers.feedback import give_feedback
from careers.forms import FeedbackForm
from careers.limits import within_limit
from careers.models import Feedback
from careers.views.personal import person_of, personal, wants_fragment
from careers.views.seen import page_for
from home.models import ContentPage

BROWSER_COOKIE = "reader"
BROWSER_KEY = re.compile(r"[0-9a-f]{32}")
COOKIE_AGE = 365 * 24 * 3600
ANSWERS, SECONDS = 30, 600


@personal
@require_safe
def feedback_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, page_for(request, pk), fragment=True)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_for(request, pk)
    if request.method != "POST":
        return show(request, page)
    form = FeedbackForm(request.POST)
    if not within_limit(request, "feedback", amount=ANSWERS, seconds=SECONDS):
        return show(request, page, form, fragment=wants_fragment(request), status=429)
    if not form.is_valid():
        return show(request, page, form, fragment=wants_fragment(request), status=422)
    key = browser_key(request) or uuid4().hex
    given = give_feedback(
        page=page,
        helpful=form.cleaned_data["helpful"],
        sentence=form.cleaned_data["sentence"] if "sentence" in request.POST else None,
        person=person_of(request) if request.user.is_authenticated else None,
        browser_key=key,
    )
    response = show(request, page, given=given, fragment=True) if wants_fragment(request) else redirect(request.path)
    if not request.user.is_authenticated:
        response.set_cookie(
            BROWSER_COOKIE, key, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def show(
    request: HttpRequest,
    page: ContentPage,
    form: FeedbackForm | None = None,
    *,
    given: Feedback | None = None,
    fragment: bool = False,
    status: int = 200,
) -> HttpResponse:
    given = given or feedback_of(request, page)
    initial = {"helpful": "yes" if given.helpful else "no", "sentence": given.sentence} if given else None
    context = {"page": page, "given": given, "form": form or FeedbackForm(initial=initial), "refused": status == 429}
    template = "careers/fragments/feedback.html" if fragment else "careers/feedback.html"
    response = render(request, template, context, status=status)
    if status == 429:
        response["Retry-After"] = str(SECONDS)
    return response


def feedback_of(request: HttpRequest, page: ContentPage) -> Feedback | None:
    """Return what this person, or this browser, has answered before."""
    answers = Feedback.objects.filter(page=page.pk)
    if request.user.is_authenticated:
        return answers.filter(person=person_of(request)).first()
    key = browser_key(request)
    return answers.filter(browser_key=key).first() if key else None


def browser_key(request: HttpRequest) -> str:
    key = request.COOKIES.get(BROWSER_COOKIE, "")
    return key if BROWSER_KEY.fullmatch(key) else ""
