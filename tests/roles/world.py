"""What the addresses are about: one row of everything, so that a refusal is a refusal and not a missing page.

What is somebody's own belongs to the practitioner; uploads belong to the video producer.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, PageViewRestriction, Site, Workflow

from careers.actions import enrol
from careers.models import WeeklyPlan, WordPressImport
from digests.links import Purpose, token
from digests.models import Subscriber, SubscriberImport
from home.models import Area, CustomImage, WebLink
from masterclasses.models import MasterclassPage, PartPage, RemoteJob, Upload
from masterclasses.remote.signing import source_address
from tests.factories.accounts import PersonFactory
from tests.factories.anything import anything
from tests.factories.careers import ArticlePageFactory, FeedbackFactory, LearningPathPageFactory, ResourcePageFactory
from tests.factories.credentials import certificate_of
from tests.factories.digests import DeliveryFactory, SubscriberFactory
from tests.factories.editions import EditionFactory, EditionItemFactory
from tests.factories.home import AreaFactory
from tests.factories.jobs import MailFactory, NoticeFactory
from tests.factories.learning import BookmarkFactory, NoteFactory, PlanSlotFactory
from tests.factories.masterclasses import FollowFactory, PartPageFactory, RemoteJobFactory, VideoFactory, publish


class World:
    """Rows by model (`of`), and the few things that have names of their own."""

    def __init__(self, people: dict[str, Any]) -> None:
        self.people = people
        self._rows: dict[Any, Any] = {}
        self._pages()
        self._learning()
        self._video()
        self._digests()
        self._files()
        self.put(PersonFactory.create(name="somebody else"), Group.objects.get(name="Editors"))
        self.put(Site.objects.get(), Workflow.objects.get(), Area.objects.get(slug="marketplace"))
        self.failed_mail, self.site = MailFactory.create(failed=True), Site.objects.get()
        self.put(NoticeFactory.create(recipient=self.people["edi"]))
        self.redirect = Redirect.add_redirect("/old/", "/new/")

    def put(self, *rows: Any) -> None:
        for row in rows:
            self._rows.setdefault(type(row), row)

    def of(self, model: Any) -> Any:
        """The row of this model that stands for all of them; made when nobody has asked for one yet."""
        if model not in self._rows:
            self._rows[model] = model._base_manager.first() or anything(model)
        return self._rows[model]

    def _pages(self) -> None:
        AreaFactory(slug="marketplace", title="The marketplace")
        article = ArticlePageFactory.create(title="An article", slug="an-article")
        article.save_revision(user=self.people["edi"]).publish()
        article.title = "An article with a new title"
        self.revision = article.save_revision(user=self.people["edi"])
        self.workflow_state = Workflow.objects.get().start(article, self.people["edi"])
        self.put(article)
        self.page = article
        self.draft = ArticlePageFactory.create(title="A draft", slug="a-draft", live=False)
        self.members_page = ArticlePageFactory.create(title="For members", slug="for-members")
        self.editors_page = ArticlePageFactory.create(title="For editors", slug="for-editors")
        self.login_restriction = PageViewRestriction.objects.create(
            page=self.members_page, restriction_type=PageViewRestriction.LOGIN
        )
        groups = PageViewRestriction.objects.create(page=self.editors_page, restriction_type=PageViewRestriction.GROUPS)
        groups.groups.add(Group.objects.get(name="Editors"))

    def _learning(self) -> None:
        owner, page = self.people["pra"], self.page
        path = LearningPathPageFactory.create(title="A path", stages=[[page]])
        enrol(person=owner, path=path)
        self.put(path, FeedbackFactory.create(page=page))
        self.put(NoteFactory.create(person=owner, page=page), BookmarkFactory.create(person=owner, page=page))
        plan = WeeklyPlan.objects.create(person=owner, feed_key="k" * 43)
        self.put(plan, PlanSlotFactory.create(plan=plan), certificate_of(owner))
        self.resource = ResourcePageFactory.create()

    def _video(self) -> None:
        video = VideoFactory.create()
        publish(video)
        part = PartPageFactory.create(video=video, title="A part")
        part.captions.create(language="en", webvtt="WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
        part.chapters.create(start=0, title="Beginning")
        evening = MasterclassPage.objects.get()
        evening.event_date = timezone.localdate()
        evening.save()
        self.put(video, part, evening, FollowFactory.create(person=self.people["pra"]))
        upload = Upload.objects.create(
            owner=self.people["vid"],
            collection=video.collection,
            title="Talk",
            file_name="talk.mp4",
            length=10,
            expires_at=timezone.now() + timedelta(days=1),
        )
        self.put(upload, RemoteJobFactory.create(transcode__video=VideoFactory.create()))

    def _digests(self) -> None:
        subscriber = SubscriberFactory.create(email="practitioner@roles.example")
        edition = EditionFactory.create(state="archived")
        self.put(subscriber, edition, EditionItemFactory.create(edition=edition, page=self.page))
        self.put(DeliveryFactory.create(subscriber=subscriber))
        self.put(WordPressImport.objects.create(name="site.xml", file="imports/wordpress/export"))
        self.put(WebLink.objects.create(address="https://a.example/", digest="0" * 64))
        self.put(SubscriberImport.objects.create(name="list.csv", data=b"email\na@example.org\n"))

    def _files(self) -> None:
        image = CustomImage.objects.create(title="A picture", file=get_test_image_file())
        self.rendition = image.get_rendition("width-100")
        document = get_document_model().objects.create(title="A sheet", file=ContentFile(b"sheet", "sheet.txt"))
        self.put(image, document, Collection.get_first_root_node().add_child(name="Sheets"))

    def places(self) -> dict[str, str]:
        """Addresses that no pattern tells apart: pages by who may see them, and files."""
        pages = {
            "/<a page>/": self.page,
            "/<a draft>/": self.draft,
            "/<a page for members>/": self.members_page,
            "/<a page for editors>/": self.editors_page,
        }
        files = {
            "/media/<a document>": self.of(get_document_model()).file,
            "/media/<the original of a picture>": self.of(CustomImage).file,
            "/media/<the source of a video>": self.part.video.file,
        }
        return {name: page.relative_url(self.site) for name, page in pages.items()} | {
            name: f"/media/{file.name}" for name, file in files.items()
        }

    @cached_property
    def part(self) -> Any:
        return self._rows[PartPage]

    @property
    def encode(self) -> Any:
        """The files that are there to watch."""
        return self.part.video.published

    @property
    def source_token(self) -> str:
        return source_address(self.of(RemoteJob)).rstrip("/").rpartition("/")[2]

    def link(self, purpose: Purpose) -> str:
        return token(self.of(Subscriber), purpose)
