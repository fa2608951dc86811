"""What every page of the portal shares."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

from home import fragments


class BasePage(Page):
    """Abstract parent of all our page types: what social networks and search engines read.

    Open Graph takes `title`, `share_description` and a rendition `SHARE_IMAGE_SPEC` of `share_image`;
    search engines take `json_ld`. A type with more to say overrides them. `home.checks` says what a type must declare.
    """

    #: Set by `home.routes`, for one request, on a page that it found to be private to nobody.
    known_public = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`keep` is what this answer hangs on, for `{% kept %}`; empty where nothing of it may be kept."""
        keep = fragments.variant(request) if self.known_public else None
        return super().get_context(request, *args, **kwargs) | {"keep": keep}

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a page however deep below in one step, where Wagtail asks for one page after another."""
        if len(path_components) > 1:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            below = Page.objects.filter(slug=path_components[-1], url_path=address).first()
            if below:
                return below.specific.route(request, [])
        return super().route(request, path_components)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Restrictions of this page and of those above it, in one query; an alias has those of its source."""
        if self.known_public:
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        branch = [self.path[:length] for length in steps]
        own = Q(page__path__in=branch, page__alias_of=None)
        return PageViewRestriction.objects.filter(own | Q(page__aliases__path__in=branch)).distinct()

    @property
    def share_image(self) -> Any:
        """The CustomImage that stands for this page elsewhere, or None."""
        return None

    @property
    def share_description(self) -> str:
        return self.search_description

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """Return schema.org data about this page."""
        return {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": self.title,
            "url": self.get_full_url(request),
            "description": self.share_description,
        }
