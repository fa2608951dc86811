"""Articles: what the community has learned, written down."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from careers.at_hand import load_areas, load_images
from careers.forms import ArticleForm
from careers.querysets import READ_NEXT, newest_alike
from careers.reading import contents_list, minutes_to_read
from home.blocks import BodyBlock
from home.fragments import lazily
from home.models import ContentKind, ContentPage


class ArticlePage(ContentPage):
    class Form(models.TextChoices):
        ARTICLE = ContentKind.ARTICLE.value, ContentKind.ARTICLE.label
        CAREER_HOUR = ContentKind.CAREER_HOUR.value, ContentKind.CAREER_HOUR.label
        EVENT_REPORT = ContentKind.EVENT_REPORT.value, ContentKind.EVENT_REPORT.label
        INTERVIEW = ContentKind.INTERVIEW.value, ContentKind.INTERVIEW.label

    form = models.CharField(
        _("form"),
        max_length=20,
        choices=Form.choices,
        default=Form.ARTICLE,
        help_text=_("Readers can filter the library by it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"))

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("form"),
        FieldPanel(
            "body",
            help_text=_("Headings make the list of contents; reading time is counted from the words."),
        ),
        InlinePanel(
            "article_authors",
            heading=_("Authors"),
            label=_("Author"),
            help_text=_("Who wrote it, in the order readers see. People are made under Community."),
        ),
        InlinePanel(
            "related_pages",
            heading=_("Read next"),
            label=_("Page"),
            max_num=READ_NEXT,
            help_text=_("Up to three pages to go on with. Without any, the newest of the same area are shown."),
        ),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]
    base_form_class = ArticleForm

    parent_page_types: ClassVar[list[str]] = ["careers.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "careers/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def kind_of(self) -> str:
        return self.form

    def count_minutes(self) -> int:
        return minutes_to_read(self.body) if self.body else 0

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | lazily(self._at_hand, "headings", "credits", "related")

    def _at_hand(self) -> dict[str, Any]:
        related = self.read_next()
        load_images(self, people=[credit.person for credit in self.written_by], cards=related)
        load_areas([self, *related])
        return {"headings": contents_list(self.body), "credits": self.written_by, "related": related}

    @cached_property
    def written_by(self) -> list[ArticleAuthor]:
        """Who wrote it, in the editor's order, with the people at hand."""
        return list(self.article_authors.select_related("person"))

    def read_next(self) -> list[ContentPage]:
        """The editor's choice, else the newest that shares an area with this article."""
        order = [related.page_id for related in self.related_pages.all()]
        chosen = ContentPage.objects.visible().in_bulk(order) if order else {}
        return [chosen[pk] for pk in order if pk in chosen] if order else newest_alike(self)

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        people = [credit.person for credit in self.written_by]
        return super().json_ld(request) | {
            "@type": "Article",
            "headline": self.title,
            "author": [
                {"@type": "Person", "name": person.name, "url": request.build_absolute_uri(person.get_absolute_url())}
                for person in people
            ],
            "timeRequired": f"PT{self.minutes}M",
        }


class ArticleAuthor(Orderable):
    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="article_authors")
    person = models.ForeignKey(
        "home.Person", on_delete=models.PROTECT, related_name="articles", verbose_name=_("person")
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = (models.UniqueConstraint(fields=("article", "person"), name="one_credit_per_author"),)


class RelatedPage(Orderable):
    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_pages")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")
