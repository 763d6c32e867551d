"""An unknown template variable fails loudly (Django prints nothing)."""


class UnknownVariable(AssertionError):
    """A template names a variable that its view does not give."""


class Missing(str):
    """Django fills ``%s`` with the variable's name: that is when we know it is missing."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise UnknownVariable(f"{{{{ {name} }}}} is not in the context")
