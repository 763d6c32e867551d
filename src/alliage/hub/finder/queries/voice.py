"""Speaking of answers: labels, answers in words, money in play, on top of what the catalogue says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from alliage.core.matching.aid import Aid
from alliage.core.matching.near_misses import NearMiss
from alliage.core.vocabulary.answers import Answer, Listed, Possible
from alliage.core.vocabulary.attributes import Attribute
from alliage.hub.finder.forms.question import like
from alliage.hub.finder.forms.reading import Tools
from alliage.hub.programmes.queries import Shelf, Speech


class Voice(Speech):
    """All that a page of the finder needs to speak of one catalogue in one language."""

    @cached_property
    def tools(self) -> Tools:
        """What reads and shows answers."""
        return Tools.of(self.catalogue, wording=self.wording)

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The questions by id."""
        return dict(self.catalogue.vocabulary.attributes)

    @cached_property
    def cards(self) -> dict[Any, Any]:
        """Cards already made: the same result is told in the same words."""
        return {}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {name: self.capital(self.text(attribute.label)) for name, attribute in self.attributes.items()}

    def label(self, name: str) -> str:
        """What an attribute is called, as the beginning of a line; the budget has a name of its own."""
        return self._labels.get(name) or _("Budget du projet")

    def labels(self, names: Iterable[str]) -> str:
        """What attributes are called, one after the other."""
        return self.listing(self.label(name) for name in names)

    def answer(self, name: str, answer: Answer | None) -> str:
        """An answer in words; a code without a table is written like its example."""
        attribute = self.attributes[name]
        if isinstance(answer, Listed) and attribute.pattern and attribute.example:
            return self.listing(like(attribute.example, code) for item in answer.items for code in sorted(item))
        return self.typeset(self.wording.answer(attribute, answer))

    def fact(self, name: str, answer: Answer) -> str:
        """An attribute and its answer in one phrase; a flag says its own sentence."""
        attribute = self.attributes[name]
        if attribute.says and isinstance(answer, Possible) and len(answer.values) == 1:
            return self.text(attribute.says["yes" if True in answer.values else "no"])
        return _("%(label)s : %(answer)s") % {"label": self.label(name), "answer": self.answer(name, answer)}

    def could_cover(self, aid: Aid) -> tuple[str, str]:
        """The money of a result: a large figure, and the words around it."""
        if aid.at_most is not None:
            if aid.at_most == 0:
                return "", _("ne couvre aucune de vos dépenses, d’après votre budget")
            most = self.money(aid.at_most)
            if not aid.for_project:
                return most, _("plafond du programme :")
            if aid.between:
                low = self.money(aid.between[0])
                return _("de %(low)s à %(high)s") % {"low": low, "high": most}, _("pourrait couvrir")
            return most, _("pourrait couvrir jusqu’à")
        parts = [part for part in aid.parts if not part.announced]
        amounts = [(part.amount_at_most, part.per) for part in parts if part.amount_at_most]
        if amounts:
            amount, per = max(amounts, key=lambda pair: pair[0])
            return f"{self.money(amount)} {self.per(per)}".rstrip(), _("jusqu’à")
        rates = [part.rate_at_most for part in parts if part.rate_at_most]
        if rates:
            return self.share(float(max(rates))), _("jusqu’à")
        return "", _("montant non connu")

    def depends(self, aid: Aid) -> str:
        """What decides between the two ends of an amount; nothing if it has one end."""
        if not (aid.between and aid.for_project):
            return ""
        what = self.listing(self.text(self.attributes[name].label) for name in aid.decided_by)
        said = self.phrase("aid", "decided_by", what=what) if what else self.phrase("aid", "decided_by_words")
        return self.typeset(said)

    def change(self, miss: NearMiss) -> str:
        """A near miss as one thing to do."""
        told = []
        for change in miss.changes:
            attribute = self.attributes[change.attribute]
            how = self.text(attribute.change.how) if attribute.change else self.label(change.attribute)
            if attribute.type == "flag":
                told.append(how)
                continue
            said = {
                "how": how,
                "label": self.text(attribute.label),
                "answer": self.answer(change.attribute, change.then),
            }
            told.append(_("%(how)s (%(label)s : %(answer)s)") % said)
        return self.listing(told)


_voices: dict[str, Voice] = {}


def voice(shelf: Shelf, lang: str) -> Voice:
    """The voice of a shelf in a language, with what it makes once."""
    known = _voices.get(lang)
    if known is None or known.shelf is not shelf:
        known = _voices[lang] = Voice(shelf, lang=lang)
    return known
