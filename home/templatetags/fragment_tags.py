"""`{% kept "name" … %}`: a part of a template that is kept until the next publication."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

from home import fragments

register = template.Library()


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, about: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.about = about

    def render(self, context: template.Context) -> Any:
        request = context.get("request")
        about = tuple(expression.resolve(context, ignore_failures=True) for expression in self.about)
        if request is None or not all(about):
            return self._make(context)
        return fragments.kept(request, about, lambda: self._make(context))

    def _make(self, context: template.Context) -> Any:
        if prepare := context.get("prepare"):
            prepare()
        return self.nodelist.render(context)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is between this tag and `{% endkept %}`, by name and by whatever else it hangs on.

    `{% kept "masthead" shell.section %}`: where one of them is empty, nothing is kept. What stands inside must be equal
    for everybody and change by publication alone.
    """
    about = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, about)
