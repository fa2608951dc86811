"""Subscribing, confirming, changing and leaving. No page here is cached, and no address is told to another site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from digests import actions, links, selectors
from digests.addresses import LONGEST_ADDRESS
from digests.forms import SubscribeForm
from digests.limits import may_ask
from digests.links import Link, Purpose

LONGEST_SLUG = 255
CONSENT = gettext_lazy("Send me a digest of what is new in the areas I choose.")


def private(response: HttpResponseBase, *, referrer: str = "no-referrer") -> HttpResponseBase:
    """Nothing of this goes into a cache, and the address, a key to a subscription, to no other site."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex"
    return response


class PrivateView(View):
    #: Under "no-referrer" a browser posts "Origin: null" (Fetch, 3.2), and the protection against forged requests
    #: refuses that; "same-origin" tells other sites as little.
    referrer = "same-origin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return private(super().dispatch(request, *args, **kwargs), referrer=self.referrer)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return redirect("digests:subscribe")


class SubscribeView(PrivateView):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, SubscribeForm(initial=self._initial(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        if (
            "begin" in request.POST
        ):  # from the short form at the foot of a page: the address is there, the rest is to come
            return self._page(request, SubscribeForm(initial=self._initial(request) | self._typed(request)))
        form = SubscribeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        if not may_ask(request):
            return render(request, "digests/too_often.html", status=429)
        actions.ask(address=form.address, wish=form.wish, words=str(CONSENT), place=request.path)
        return redirect("digests:asked")

    def _page(self, request: HttpRequest, form: SubscribeForm) -> HttpResponse:
        guess = not form.is_bound and not request.user.is_authenticated
        return render(request, "digests/subscribe.html", {"form": form, "guess_time_zone": guess})

    def _initial(self, request: HttpRequest) -> dict[str, Any]:
        """What is known of somebody who is signed in, and the area whose page led here."""
        area = request.POST.get("area") or request.GET.get("area", "")
        initial: dict[str, Any] = {"areas": selectors.areas_to_begin_with(area)}
        if request.user.is_authenticated:
            initial |= {"email": request.user.email, "time_zone": request.user.time_zone}
        return initial

    def _typed(self, request: HttpRequest) -> dict[str, Any]:
        email = request.POST.get("email", "")[:LONGEST_ADDRESS]
        return {"email": email} if email else {}


@require_safe
def short_form(request: HttpRequest) -> HttpResponseBase:
    """The form at the foot of public pages, which are the same for everybody and so hold no token against forgery."""
    area = request.GET.get("area", "")
    return private(render(request, "digests/fragments/short_form.html", {"area": area[:LONGEST_SLUG]}))


@require_safe
def asked(request: HttpRequest) -> HttpResponseBase:
    """The same for everybody: the mail, not this page, tells what is known of an address."""
    return private(render(request, "digests/asked.html"))


class LinkView(PrivateView):
    """A page that a token opens. GET and HEAD change nothing: scanners follow every link in a mail."""

    purpose: Purpose
    link: Link

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = links.read(kwargs.pop("token"), self.purpose)
        if link is None:
            return private(render(request, "digests/gone.html", status=404))
        self.link = link
        return super().dispatch(request, *args, **kwargs)

    def page(self, name: str, **context: Any) -> HttpResponse:
        context |= {"subscriber": self.link.subscriber}
        return render(self.request, f"digests/{name}.html", context)


class ConfirmView(LinkView):
    purpose = Purpose.CONFIRM

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._gone() if self.link.expired else self.page("confirm")

    def post(self, request: HttpRequest) -> HttpResponse:
        made_at = self.link.made_at
        if self.link.expired or made_at is None:
            return self._gone()
        if not actions.confirm(subscriber=self.link.subscriber, asked_at=made_at, words=str(CONSENT)):
            return self._gone()
        preferences = links.url(self.link.subscriber, Purpose.PREFERENCES)
        return self.page("confirmed", preferences=preferences, times=selectors.next_times(self.link.subscriber))

    def _gone(self) -> HttpResponse:
        return render(self.request, "digests/gone.html", {"expired": True}, status=410)


@method_decorator(csrf_exempt, name="dispatch")
class UnsubscribeView(LinkView):
    """RFC 8058: a mail program posts one known field, with no cookie, and wants no redirect. So does our own page."""

    purpose = Purpose.UNSUBSCRIBE
    referrer = "no-referrer"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("unsubscribe", left=not self.link.subscriber.is_active)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return self.get(request)
        place = "unsubscribe page" if "place" in request.POST else "List-Unsubscribe"
        actions.unsubscribe(subscriber=self.link.subscriber, place=place)
        return self.page("unsubscribed", again=links.url(self.link.subscriber, Purpose.RETURN))


class ReturnView(LinkView):
    """Undoes an unsubscribing, by way of a new confirmation."""

    purpose = Purpose.RETURN

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("return")

    def post(self, request: HttpRequest) -> HttpResponse:
        if not may_ask(request):
            return render(request, "digests/too_often.html", status=429)
        actions.ask_again(subscriber=self.link.subscriber, words=str(CONSENT), place="/digest/r/")
        return redirect("digests:asked")
