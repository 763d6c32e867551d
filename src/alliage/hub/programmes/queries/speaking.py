"""Speaking of the catalogue in one language: names, days, states, ages, sources, as plain words for a page.

The words of the domain come from the pack; those around them are French here, translated by gettext.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.catalogue.freshness import Freshness, last_day
from alliage.core.catalogue.intake import CLOSED, NOT_KNOWN, OPEN, OPENS_ON, SUSPENDED, Intake
from alliage.core.catalogue.programme import PROVIDER_SOURCE, RECORD_SOURCE, Programme
from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf
from alliage.hub.programmes.queries.stored import Shelf
from alliage.hub.ui.words import capital, typeset

_GROUPS = {All: "all", AnyOf: "any", NoneOf: "not"}
Plain = dict[str, Any]


class Speech:
    """All that a page needs to speak of one catalogue in one language."""

    def __init__(self, shelf: Shelf, *, lang: str) -> None:
        self.shelf, self.catalogue, self.lang = shelf, shelf.catalogue, lang
        self.wording = shelf.words[lang]
        self._phrases: Mapping[str, Any] = shelf.catalogue.raw["phrases"]

    def text(self, text: Mapping[str, str]) -> str:
        """A text of the pack in this language."""
        return self.typeset(text[self.lang])

    def typeset(self, plain: str) -> str:
        """Words as they are printed in this language."""
        return typeset(plain, lang=self.lang)

    def phrase(self, section: str, key: str, **filled: object) -> str:
        """A phrase of the pack; the key itself, spaced, if the pack has none."""
        known = key in self._phrases.get(section, ())
        return self.typeset(self.wording.phrase(section, key, **filled)) if known else key.replace("-", " ")

    def listing(self, words: Iterable[str], *, last: str = "and") -> str:
        """Words with commas and a last « et »."""
        return self.wording.listing(words, last=last)

    def capital(self, text: str) -> str:
        """The same words as the beginning of a sentence."""
        return capital(text)

    def money(self, value: float | Decimal) -> str:
        """An amount in the pack's currency."""
        return self.wording.money(value)

    def share(self, value: float) -> str:
        """A share as a percentage."""
        return self.wording.share(value)

    # ---------------------------------------------------------------------------------------- what is named

    def need(self, id_: str) -> str:
        """What a need is called."""
        vocabulary = self.catalogue.vocabulary
        return self.typeset(vocabulary.value_name(vocabulary.attributes[vocabulary.roles.needs], id_, self.lang))

    def instrument(self, id_: str | None) -> str:
        """What a kind of money is called."""
        return self.phrase("instruments", id_ or "none")

    def level(self, id_: str) -> str:
        """What a level of provider is called."""
        return self.text(self.catalogue.levels[id_])

    def expenses(self, ids: Iterable[str]) -> list[str]:
        """Categories of expenses by their names."""
        known = self.catalogue.vocabulary.expenses
        return [self.text(known[id_]) for id_ in ids if id_ in known]

    def programmes(self, ids: Iterable[str]) -> list[Plain]:
        """Programmes by their names; one that is no longer in the catalogue has no name to show, and is left out."""
        known = (self.catalogue.programmes.get(self.catalogue.redirects.get(id_, id_)) for id_ in ids)
        return [{"id": found.id, "name": self.text(found.name)} for found in known if found]

    def providers(self, ids: Iterable[str]) -> list[Plain]:
        """Providers by their names."""
        known = self.catalogue.providers
        return [{"id": id_, "name": self.text(known[id_].name)} for id_ in ids if id_ in known]

    def per(self, per: str | list[str] | None) -> str:
        """What an amount is counted for: « par projet », « par entreprise par année »."""
        keys = [per] if isinstance(per, str) else per or []
        return " ".join(self._counted(key) for text in keys for key in text.split(", "))

    def _counted(self, code: str) -> str:
        if code in self._phrases["per"]:
            return self.phrase("per", code)
        return _("par %(unit)s") % {"unit": self.phrase("terms", code)}

    # ------------------------------------------------------------------------------------------------ days

    def day(self, day: date) -> str:
        """A day in words, never cut between the day and its month."""
        return self.typeset(self.wording.day(day))

    def partial(self, text: str) -> str:
        """A year, a month or a day written in ISO form, in words."""
        parts = text.split("-")
        if len(parts) == 3:
            return self.day(last_day(text))
        months: list[str] = self._phrases["months"][self.lang]
        return f"{months[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else text

    def intake(self, intake: Intake) -> Plain:
        """The state of an intake on the day: its word, the same with the days that matter, and these days."""
        return {
            **intake.as_dict(),
            "opens": intake.opens,
            "closes": intake.closes,
            "last_seen": intake.last_seen,
            "state_words": self.phrase("intakes", intake.state),
            "words": self._intake_words(intake),
        }

    def _intake_words(self, intake: Intake) -> str:
        state = self.phrase("intakes", intake.state)
        opens = self.day(intake.opens) if intake.opens else ""
        closes = self.day(intake.closes) if intake.closes else ""
        said = {"state": state, "opens": opens, "closes": closes}
        if intake.state == OPENS_ON and opens:
            return _("ouvre le %(opens)s, jusqu’au %(closes)s") % said if closes else _("ouvre le %(opens)s") % said
        if intake.state in (CLOSED, SUSPENDED):
            if opens:
                return _("%(state)s, rouvre le %(opens)s") % said
            return _("%(state)s depuis le %(closes)s") % said if closes else state
        if intake.state == OPEN and closes:
            return _("%(state)s jusqu’au %(closes)s") % said
        if intake.state == NOT_KNOWN and intake.last_seen:
            seen = self.phrase("intakes", str(intake.last_seen["state"]))
            day = self.partial(str(intake.last_seen["day"]))
            return _("%(state)s (dernier état lu : %(seen)s, %(day)s)") % {"state": state, "seen": seen, "day": day}
        return state

    def freshness(self, fresh: Freshness, as_of: str | None) -> Plain:
        """How old the facts are, in short and in plain words."""
        months = fresh.months
        if months is None:
            words = self.phrase("freshness", "undated")
            plain = _("Aucune source de cette fiche ne porte de date. Confirmez auprès de l’organisme.")
        elif fresh.state == "confirmed" and fresh.confirmed:
            words, plain = self._confirmed(fresh.confirmed, self.body(fresh.by)), self._age(fresh, months)
        elif months == 0:
            words, plain = _("faits de ce mois"), _("Les faits ont été vérifiés il y a moins d’un mois.")
        else:
            words = self.phrase("freshness", fresh.state, age=self.wording.age(months))
            plain = self._age(fresh, months)
        dated = _("Faits connus en date de : %(day)s.") % {"day": self.partial(as_of)} if as_of else ""
        return {
            "state": fresh.state,
            "months": months,
            "confirmed": fresh.confirmed,
            "by": self.body(fresh.by),
            "words": words,
            "plain": f"{plain} {dated}".strip(),
        }

    def _confirmed(self, day: date, by: str) -> str:
        said = {"day": self.day(day), "by": by}
        return _("confirmé le %(day)s par %(by)s") % said if by else _("confirmé le %(day)s") % said

    def body(self, by: str | None) -> str:
        """An office in this language if it is a provider of the catalogue, else as written; empty if not told."""
        known = next((one for one in self.catalogue.providers.values() if by and by in one.name.values()), None)
        return self.text(known.name) if known else self.typeset(by or "")

    def _age(self, fresh: Freshness, months: int) -> str:
        if fresh.state == "confirmed" and fresh.confirmed:
            return _("L’organisme a confirmé ces faits le %(day)s.") % {"day": self.day(fresh.confirmed)}
        if fresh.state == "stale":
            return _("Les faits ont plus d’un an : confirmez auprès de l’organisme avant d’y compter.")
        return ngettext(
            "Les faits ont %(months)s mois : ils ont pu changer depuis.",
            "Les faits ont %(months)s mois : ils ont pu changer depuis.",
            months,
        ) % {"months": months}

    def confidence(self, level: str) -> Plain:
        """How sure we are of the facts, in short and in plain words."""
        plain = {
            "high": _("Une page officielle a été lue. La source de chaque chiffre est indiquée."),
            "medium": _("Une partie des faits vient de pages partielles, secondaires ou plus anciennes."),
            "low": _("Les sources sont rares, anciennes ou en désaccord : confirmez avant d’y compter."),
        }
        return {"level": level, "words": self.phrase("confidence", level), "plain": plain[level]}

    # ------------------------------------------------------------------------------------- facts and sources

    def source(self, programme: Programme, key: str) -> Plain:
        """Where a fact comes from: its number on the page (none if it is not a page that was read), and its words."""
        if key in (PROVIDER_SOURCE, RECORD_SOURCE) or key not in programme.document["sources"]:
            url = programme.provider.url if key == PROVIDER_SOURCE else None
            return {"key": key, "number": None, "words": self.phrase("sources", key), "url": url}
        number = list(programme.document["sources"]).index(key) + 1
        source = programme.document["sources"][key]
        dated = self.partial(source["dated"]) if source.get("dated") else None
        read = date.fromisoformat(source["read"])
        return {
            "key": key,
            "number": number,
            "url": source["url"],
            "publisher": self.typeset(source["publisher"]),
            "title": self.typeset(source.get("title") or source["publisher"]),
            "dated": dated,
            "read": read,
            "confirmed": date.fromisoformat(source["confirmed"]) if source.get("confirmed") else None,
            "confirmed_by": self.body(source.get("confirmed_by")),
            "words": self._source_words(self.typeset(source["publisher"]), dated, read),
        }

    def _source_words(self, publisher: str, dated: str | None, read: date) -> str:
        if dated:
            return _("%(publisher)s, %(dated)s") % {"publisher": publisher, "dated": dated}
        return _("%(publisher)s, page sans date, lue le %(read)s") % {"publisher": publisher, "read": self.day(read)}

    def condition(self, programme: Programme, condition: Condition) -> Plain:
        """A condition in words, with its source; a group has a heading and its parts."""
        if isinstance(condition, Leaf):
            said = self.typeset(self.wording.sentence(condition))
            return {"words": said, "parts": [], "source": self.source(programme, condition.source)}
        word = _GROUPS.get(type(condition), "readings")
        heading = self.phrase("conditions", word, parts="").rstrip(" :\N{NO-BREAK SPACE}")
        parts = [self.condition(programme, part) for part in condition.conditions]
        return {"words": heading, "parts": parts, "source": None}

    def sentences(self, conditions: Iterable[Condition]) -> Iterator[str]:
        """Conditions as sentences, without their sources."""
        for condition in conditions:
            yield self.typeset(self.wording.sentence(condition))
