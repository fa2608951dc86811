"""Readers of a drill, and something to tell them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from careers.models import ArticlePage, LibraryPage
from digests.models import Subscriber
from home.models import Area, HomePage


def write_an_article() -> None:
    home = HomePage.objects.get(sites_rooted_here__is_default_site=True)
    library = home.add_child(instance=LibraryPage(title="Library", slug="drill-library"))
    body = [{"type": "rich_text", "value": "<p>Something new.</p>"}]
    article = ArticlePage(title="A drill", summary="Only a drill.", slug="drill", body=body)
    library.add_child(instance=article)
    article.areas.set(Area.objects.all())
    article.first_published_at = timezone.now() - timedelta(hours=1)
    article.save()


def subscribe(addresses: list[str]) -> None:
    """Make them readers whose daily digest is due since this morning, in UTC."""
    now = datetime.now(UTC)
    due_at = datetime.combine(now.date(), time(), tzinfo=UTC)
    made = Subscriber.objects.bulk_create(
        Subscriber(
            email=address,
            email_key=address,
            status=Subscriber.Status.CONFIRMED,
            confirmed_at=now - timedelta(days=2),
            rhythm="daily",
            hour=0,
            time_zone="UTC",
            next_due_at=due_at,
        )
        for address in addresses
    )
    areas = Subscriber.areas.through
    area = Area.objects.order_by("pk").first()
    areas.objects.bulk_create(areas(subscriber=reader, area=area) for reader in made)
