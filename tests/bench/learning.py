"""“My learning” of somebody with much behind them: how many queries it costs."""

from __future__ import annotations

MOST_QUERIES = 12


def queries_of_my_learning(*, paths: int = 20, completions: int = 400) -> int:
    """Make a person with so many paths and completions, and count what one look at “My learning” asks the database."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from careers.models import Completion, Enrolment, PathStage, PathStep
    from tests.factories.accounts import PersonFactory, browser_of
    from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, LibraryPageFactory

    person = PersonFactory.create()
    library = LibraryPageFactory.create()
    articles = [page.pk for page in ArticlePageFactory.create_batch(completions, parent=library)]
    for number in range(paths):
        path = LearningPathPageFactory.create()
        stage = PathStage.objects.create(path=path, title="All of it")
        own = articles[number::paths]
        PathStep.objects.bulk_create(PathStep(stage=stage, page_id=pk, sort_order=n) for n, pk in enumerate(own))
        Enrolment.objects.create(person=person, path=path)
    Completion.objects.bulk_create(Completion(person=person, page_id=pk) for pk in articles)
    client = browser_of(person)
    client.get("/learning/")
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/learning/").status_code == 200
    return len(captured)
