from wagtail.snippets.models import register_snippet

from home.viewsets import CommunityViewSetGroup

register_snippet(CommunityViewSetGroup)
