"""What a subscriber may see and change of their own, by a link from a mail or from their profile."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from digests import actions, links, selectors
from digests.forms import PreferencesForm
from digests.framed import framed
from digests.links import Purpose
from digests.periods import Rhythm
from digests.subscribers.coming import coming
from digests.subscribers.erasing import erase, everything_about, file_name
from digests.views.subscribing import LinkView, private


class OwnView(LinkView):
    purpose = Purpose.PREFERENCES

    @property
    def token(self) -> str:
        return links.token(self.link.subscriber, Purpose.PREFERENCES)


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class PreferencesView(OwnView):
    """GET shows, POST saves; POST with `show` says what the answers would bring, and saves nothing."""

    def get(self, request: HttpRequest) -> HttpResponse:
        wished = request.GET.get("rhythm", "")
        initial = selectors.preferences_of(self.link.subscriber)
        if wished in Rhythm.values:  # a link in the mail: “less often”
            return self._page(PreferencesForm(initial=initial | {"rhythm": wished}), to_save=True)
        return self._page(PreferencesForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PreferencesForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        if "show" in request.POST:
            return self._page(form, shown=coming(self.link.subscriber, form.wish), to_save=True)
        actions.change(subscriber=self.link.subscriber, wish=form.wish)
        return self._page(form, saved=True)

    def _page(self, form: PreferencesForm, **context: Any) -> HttpResponse:
        subscriber = self.link.subscriber
        shown = context.get("shown")
        if shown:
            answers = self.request.POST.copy()
            answers.pop("csrfmiddlewaretoken", None)
            context["frame"] = f"{reverse('digests:coming', args=[self.token])}?{answers.urlencode()}"
        return self.page(
            "preferences",
            form=form,
            times=shown.times if shown else selectors.next_times(subscriber),
            unsubscribe=links.url(subscriber, Purpose.UNSUBSCRIBE),
            again=links.url(subscriber, Purpose.RETURN),
            token=self.token,
            **context,
        )


class ComingView(OwnView):
    """The next digest as a mail, by the answers in the address or else as it is set."""

    def get(self, request: HttpRequest) -> HttpResponse:
        subscriber = self.link.subscriber
        form = PreferencesForm(request.GET or selectors.as_answers(subscriber))
        digest = coming(subscriber, form.wish).digest if form.is_valid() else None
        return framed(digest.html if digest else "")


class DataView(OwnView):
    """Everything that is kept about the subscriber, as a file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        subscriber = self.link.subscriber
        answer = JsonResponse(everything_about(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False})
        answer["Content-Disposition"] = f'attachment; filename="{file_name(subscriber)}"'
        return answer


class EraseView(OwnView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("erase", token=self.token)

    def post(self, request: HttpRequest) -> HttpResponse:
        erase(subscriber=self.link.subscriber)
        return render(request, "digests/erased.html")


@require_safe
@login_required
def own_preferences(request: HttpRequest) -> HttpResponseBase:
    """Lead somebody who is signed in to the preferences of their own subscription, or to the form for a new one."""
    subscriber = selectors.subscription_of(request.user)
    if subscriber is None:
        return private(redirect("digests:subscribe"))
    token = links.token(subscriber, Purpose.PREFERENCES)
    return private(redirect("digests:preferences_by_link", token))
