"""Where one is in an article, told by the page while one reads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_POST

from careers.learning.places import record_place
from careers.views.personal import person_of, personal
from careers.views.seen import page_for


@personal
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the passage `anchor` as where the person is; 204, also when a further one is known.

    403 without an account, 404 for an article that the person may not see, 400 for a passage that it has not.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    article = page_for(request, pk)
    if not hasattr(article.specific, "body"):
        raise Http404
    found = record_place(person=person_of(request), page=article, anchor=request.POST.get("anchor", ""))
    return HttpResponse(status=204) if found else HttpResponseBadRequest("The article has no such passage.")
