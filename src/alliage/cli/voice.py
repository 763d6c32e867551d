"""Speaking of one catalogue in one language: facts, days, money, intake, freshness, sources.

The words of the domain come from the pack (:class:`.Wording`), those of the command line from :mod:`.words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from alliage.cli.words import Words
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.intake import CLOSED, NOT_KNOWN, OPENS_ON, SUSPENDED, Intake
from alliage.core.catalogue.programme import PROVIDER_SOURCE, RECORD_SOURCE, Programme
from alliage.core.matching.aid import Aid, told_instruments
from alliage.core.matching.receipt import wording
from alliage.core.matching.results import weights_of
from alliage.core.vocabulary.answers import Answer, Possible
from alliage.core.vocabulary.attributes import Attribute, Text

YES = Possible(frozenset({True}))


class Voice:
    """All that a page needs to speak of one catalogue."""

    def __init__(self, catalogue: Catalogue, words: Words) -> None:
        self.catalogue, self.words, self.lang = catalogue, words, words.lang
        self.wording = wording(catalogue, lang=words.lang)
        self.attributes = catalogue.vocabulary.attributes

    def text(self, text: Text) -> str:
        """A text of the pack in this language."""
        return text[self.lang]

    def phrase(self, section: str, key: str, **filled: object) -> str:
        """A phrase of the pack; the key itself if the pack has none."""
        known = self.catalogue.raw["phrases"].get(section, {})
        return self.wording.phrase(section, key, **filled) if key in known else key.replace("-", " ")

    def listing(self, words: Iterable[str], *, last: str = "and") -> str:
        """Words with commas and a last « et »."""
        return self.wording.listing(words, last=last)

    # ------------------------------------------------------------------------------------------- answers

    def label(self, name: str) -> str:
        """What an attribute is called."""
        return self.text(self.attributes[name].label)

    def labels(self, names: Iterable[str]) -> str:
        """What attributes are called, one after the other."""
        return self.wording.phrase("joins", "comma").join(self.label(name) for name in names)

    def answer(self, name: str, answer: Answer | None) -> str:
        """An answer in words."""
        return self.wording.answer(self.attributes[name], answer)

    def fact(self, name: str, answer: Answer) -> str:
        """An attribute and its answer in a few words; a flag says its own sentence."""
        said = self.sentence(name, answer)
        return said or self.words("fact", label=self.label(name), answer=self.answer(name, answer))

    def sentence(self, name: str, answer: Answer | None) -> str:
        """The sentence of a yes or of a no; nothing for another answer. A bare « non » could be read both ways."""
        says = self.attributes[name].says
        plain = isinstance(answer, Possible) and len(answer.values) == 1
        return self.text(says["yes" if answer == YES else "no"]) if says and plain else ""

    def place(self, code: str) -> str:
        """A place with its level and what holds it, to tell it from its namesakes."""
        place = self.catalogue.vocabulary.places.places[code]
        level = self.phrase("place_levels", place.level)
        holder = f", {self.catalogue.vocabulary.places.name(place.parent, self.lang)}" if place.parent else ""
        return f"{self.text(place.name)} ({level}{holder})"

    def names(self, ids: Iterable[str]) -> str:
        """Programmes by their names."""
        return self.listing(self.text(self.catalogue.programme(id_).name) for id_ in ids)

    def choices(self, attribute: Attribute) -> list[tuple[str, str]]:
        """The values of a choice with their names."""
        return [(value, self.text(name)) for value, name in (attribute.values or {}).items()]

    # ---------------------------------------------------------------------------------------------- days

    def day(self, day: date) -> str:
        """A day in words."""
        return self.wording.day(day)

    def partial(self, text: str) -> str:
        """A year, a month or a day written in ISO form, in words."""
        parts = text.split("-")
        if len(parts) == 3:
            return self.day(date.fromisoformat(text))
        months: list[str] = self.catalogue.raw["phrases"]["months"][self.lang]
        return f"{months[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else text

    def intake(self, intake: Intake) -> str:
        """The state of an intake with the day that matters."""
        state = self.phrase("intakes", intake.state)
        if intake.state == OPENS_ON and intake.opens:
            if intake.closes:
                return self.words("intake.opens-until", day=self.day(intake.opens), last=self.day(intake.closes))
            return self.words("intake.opens", day=self.day(intake.opens))
        if intake.state in (CLOSED, SUSPENDED):
            return self._shut(state, intake)
        if intake.closes:
            return self.words("intake.until", state=state, day=self.day(intake.closes))
        if intake.last_seen and intake.state == NOT_KNOWN:
            seen = self.phrase("intakes", str(intake.last_seen["state"]))
            return self.words("intake.seen", state=state, seen=seen, on=self.partial(str(intake.last_seen["day"])))
        return state

    def _shut(self, state: str, intake: Intake) -> str:
        if intake.opens:
            return self.words("intake.reopens", state=state, day=self.day(intake.opens))
        if intake.closes:
            return self.words("intake.closed-since", state=state, day=self.day(intake.closes))
        return state

    def freshness(self, fresh: Freshness, programme: Programme) -> str:
        """How old the facts are, by their year."""
        last = fresh.confirmed.isoformat() if fresh.confirmed else programme.document.get("as_of")
        return self.phrase("information", fresh.state, year=(last or "")[:4])

    # --------------------------------------------------------------------------------------------- money

    def kind(self, programme: Programme) -> str:
        """The main kind of money; what is not a programme says what it is."""
        if programme.kind != "programme":
            return self.phrase("kinds", programme.kind)
        return self.phrase("instruments", programme.instrument or "none")

    def headline(self, programme: Programme, aid: Aid) -> str:
        """The kinds of money of the amount that is told; among forms to choose from, the one worth most."""
        if programme.kind != "programme":
            return self.kind(programme)
        told = told_instruments(programme, aid, weights=weights_of(self.catalogue))
        return self.listing(self.phrase("instruments", name) for name in told)

    def aid(self, aid: Aid, programme: Programme) -> str:
        """What a programme could cover of this project, or what is known of its rates and amounts."""
        if aid.at_most is not None:
            if aid.at_most == 0:
                return self.words("money.none-here")
            return self._bounded(aid, aid.at_most)
        parts = [part for part in aid.parts if not part.announced]
        if only_to_others(aid):
            return self._paid_to_others(programme)
        amounts = [(part.amount_at_most, part.per) for part in parts if part.amount_at_most]
        rates = [part.rate_at_most for part in parts if part.rate_at_most]
        if amounts:
            amount, per = max(amounts, key=lambda pair: pair[0])
            counted = " ".join(filter(None, (self.wording.money(amount), self.per(per))))
            return self.phrase("aid", "rate_of", rate=counted)
        return (
            self.phrase("aid", "rate_of", rate=self.wording.share(max(rates)))
            if rates
            else self.phrase("aid", "not_known")
        )

    def _bounded(self, aid: Aid, most: Decimal) -> str:
        """What a programme could cover: of this project, or at all as long as no cost bounds it."""
        amount = self.wording.money(most)
        if not aid.for_project:
            return self.phrase("aid", "ceiling", amount=amount)
        if not aid.between:
            return self.phrase("aid", "could_cover", amount=amount)
        said = self.phrase("aid", "could_cover_between", low=self.wording.money(aid.between[0]), amount=amount)
        what = self.labels(aid.decided_by)
        depends = self.phrase("aid", "decided_by", what=what) if what else self.phrase("aid", "decided_by_words")
        return self.wording.phrase("joins", "comma").join((said, depends))

    def _paid_to_others(self, programme: Programme) -> str:
        """To whom the money goes, in the words of the programme."""
        written = (part.get("paid_to") for part in programme.document["aid"]["parts"])
        whom = list(dict.fromkeys(recipient(self.text(text)) for text in written if text))
        if not whom:
            return self.phrase("aid", "paid_to_others")
        return self.phrase("aid", "paid_to", whom=self.listing(whom))

    def per(self, per: str | list[str] | None) -> str:
        """What an amount is counted for."""
        keys = [per] if isinstance(per, str) else per or []
        return " ".join(self._term(key) for text in keys for key in text.split(", "))

    def _term(self, code: str) -> str:
        """The words of a code that a programme writes: what an amount is counted for."""
        if code in self.catalogue.raw["phrases"]["per"]:
            return self.phrase("per", code)
        return self.words("money.each", unit=self.phrase("terms", code))

    # ------------------------------------------------------------------------------------------- sources

    def source(self, programme: Programme, key: str) -> str:
        """The title of a source and its date."""
        if key in (PROVIDER_SOURCE, RECORD_SOURCE):
            return self.phrase("sources", key)
        return self.source_words(programme.document["sources"][key])

    def source_words(self, source: Mapping[str, Any]) -> str:
        """A source: who published it, its title, its date."""
        title = (
            self.words("fresh.source", publisher=source["publisher"], title=source["title"])
            if source.get("title")
            else source["publisher"]
        )
        dated = self.partial(source["dated"]) if source.get("dated") else self.words("fresh.undated")
        return f"{title} ({dated})"

    def contact(self, programme: Programme) -> str:
        """The office to call: phone, courriel and a note that says more than its name."""
        contact = programme.document.get("contact", {})
        note = self.text(contact["note"]) if contact.get("note") else None
        note = None if note == self.text(programme.provider.name) else note
        return " · ".join(filter(None, (contact.get("phone"), contact.get("email"), note)))


def recipient(text: str) -> str:
    """Who receives the money, inside a sentence: without its full stop and its capital, unless it is an acronym."""
    bare = text.rstrip(". ")
    return bare if bare[1:2].isupper() else bare[:1].lower() + bare[1:]


def only_to_others(aid: Aid) -> bool:
    """Whether all the money goes to others than the company: a school, a research body, a promoter."""
    parts = [part for part in aid.parts if not part.announced]
    return bool(parts) and all(part.paid_to_others for part in parts)
