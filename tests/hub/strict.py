"""An unknown template variable fails loudly, shown or tested (Django prints nothing, and finds it false)."""

import re
from typing import Any

from django.template.defaulttags import TemplateLiteral

HEAD = re.compile(r"\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)


class UnknownVariable(AssertionError):
    """A template names a variable that its view does not give."""


class Missing(str):
    """Django fills ``%s`` with the variable's name: that is when we know it is missing."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise UnknownVariable(f"{{{{ {name} }}}} is not in the context")


def make_conditions_strict() -> None:
    """``{% if unknown %}`` fails too, unless the head of the template says that it takes it (perhaps)."""

    def value(self: TemplateLiteral, context: Any) -> Any:
        try:
            return self.value.resolve(context)
        except UnknownVariable:
            head = HEAD.search(context.render_context.template.source)
            taken = set(re.findall(r"\w+", head[1])) if head else set()
            if taken.isdisjoint(str(self.value.var).split(".")):
                raise
            return None

    TemplateLiteral.eval = value
