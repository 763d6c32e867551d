"""What a programme gives, in words: rates, amounts, ceilings, terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliage.core.catalogue.programme import Programme, day
from alliage.core.rules.condition import build_condition
from alliage.hub.programmes.queries.speaking import Plain, Speech

Document = Mapping[str, Any]
_NOT_MONEY = frozenset({"tax-deduction", "insurance", "advice"})  # a rate here is not a sum paid


def headline(programme: Programme, speech: Speech) -> str:
    """The most that sources name, on one line: « jusqu’à 50 000 $ par projet · jusqu’à 50 % »; empty if nothing is."""
    aid = programme.document["aid"]
    parts = [part for part in aid.get("parts", ()) if part.get("status") != "announced"]
    tiers = [tier for part in parts for tier in part["tiers"] if tier.get("status") != "announced"]
    amounts = [tier["amount"] for tier in tiers if "at_most" in tier.get("amount", {})]
    amounts = amounts or [ceiling for ceiling in aid.get("ceilings", ()) if "at_most" in ceiling]
    rates = [
        tier["rate_at_most"]
        for part in parts
        for tier in part["tiers"]
        if "rate_at_most" in tier and part.get("instrument") not in _NOT_MONEY
    ]
    found = []
    if amounts:
        found.append(_amount(max(amounts, key=lambda amount: amount["at_most"]), speech))
    if rates:
        found.append(_("jusqu’à %(rate)s") % {"rate": speech.share(max(rates))})
    return " · ".join(found)


def _amount(amount: Document, speech: Speech) -> str:
    counted = speech.per(amount.get("unit") or amount.get("per"))
    said = f"{speech.money(amount['at_most'])} {counted}".rstrip()
    return _("jusqu’à %(amount)s") % {"amount": said}


def money(programme: Programme, speech: Speech) -> Plain:
    """Everything that a source says of the money, ready to be shown."""
    aid, document = programme.document["aid"], programme.document
    parts = [_part(part, programme, speech) for part in aid.get("parts", ())]
    ceilings = [*aid.get("ceilings", ()), *(c for part in aid.get("parts", ()) for c in part.get("ceilings", ()))]
    out = [*speech.expenses(document.get("expenses_excluded", ()))]
    out += [speech.text(text) for text in document.get("expenses_excluded_words", ())]
    return {
        "parts": parts,
        "ceilings": [
            {"words": _ceiling(ceiling, speech), "source": speech.source(programme, ceiling["source"])}
            for ceiling in ceilings
        ],
        "terms": speech.text(aid["terms"]) if aid.get("terms") else "",
        "same_as": speech.programmes(aid.get("same_money_as", ())),
        "expenses": speech.expenses(document.get("expenses", ())),
        "expenses_out": out,
    }


def _part(part: Document, programme: Programme, speech: Speech) -> Plain:
    alternatives = [speech.instrument(name) for name in part.get("alternatives", ())]
    return {
        "instrument": part.get("instrument") or "none",
        "name": speech.capital(speech.instrument(part.get("instrument"))),
        "alternatives": speech.listing(alternatives, last="or"),
        "announced": part.get("status") == "announced",
        "about": speech.text(part["case"]) if part.get("case") else "",
        "tiers": [_tier({"base": part.get("base"), **tier}, programme, speech) for tier in part["tiers"]],
        "terms": list(_terms(part, speech)),
    }


def _tier(tier: Document, programme: Programme, speech: Speech) -> Plain:
    found = list(_amounts(tier, speech))
    return {
        "case": "; ".join(cases(tier, programme, speech)),
        "words": ", ".join(found) or _("ni taux ni montant lus"),
        "source": speech.source(programme, tier["source"]),
    }


def cases(tier: Document, programme: Programme, speech: Speech) -> Iterator[str]:
    """The case that a tier is for, in words."""
    if tier.get("case"):
        yield speech.text(tier["case"])
    elif tier.get("when"):
        built = [build_condition(part, vocabulary=programme.vocabulary) for part in tier["when"]["all"]]
        yield speech.listing(speech.sentences(built))
    span = tier.get("slice")
    if span:
        ends = {end: speech.money(span[end]) for end in ("from", "to") if end in span}
        if len(ends) == 2:
            yield _("tranche de %(from)s à %(to)s") % ends
        else:
            yield (
                _("tranche au-dessus de %(from)s") % ends if "from" in ends else _("première tranche de %(to)s") % ends
            )
    if tier.get("status") == "announced":
        yield _("annoncé, non confirmé")


def _amounts(tier: Document, speech: Speech) -> Iterator[str]:
    amount = tier.get("amount") or {}
    if "rate_at_most" in tier:
        rate, base = speech.share(tier["rate_at_most"]), tier.get("base")
        if base:
            yield _("jusqu’à %(rate)s (%(base)s)") % {"rate": rate, "base": speech.phrase("terms", base)}
        else:
            yield _("jusqu’à %(rate)s") % {"rate": rate}
    if "rate_of_contribution" in tier:
        yield _("taux de cotisation de %(rate)s") % {"rate": speech.share(tier["rate_of_contribution"])}
    counted = speech.per(amount.get("unit") or amount.get("per"))
    for key, words in (("at_least", _("au moins %(amount)s")), ("at_most", _("au plus %(amount)s"))):
        if key in amount:
            yield f"{words % {'amount': speech.money(amount[key])}} {counted}".rstrip()
            counted = ""
    if tier.get("weeks_at_most"):
        yield _("pendant %(weeks)s semaines au plus") % {"weeks": speech.wording.number(tier["weeks_at_most"])}


def _ceiling(ceiling: Document, speech: Speech) -> str:
    counted = speech.per(ceiling.get("unit") or ceiling.get("per"))
    said = f"{speech.money(ceiling['at_most'])} {counted}".rstrip()
    if ceiling.get("years"):
        said = _("%(amount)s, sur %(years)s ans") % {"amount": said, "years": ceiling["years"]}
    if ceiling.get("across") in speech.catalogue.providers:
        name = speech.text(speech.catalogue.providers[ceiling["across"]].name)
        said = _("%(amount)s, pour tous les programmes de : %(provider)s") % {"amount": said, "provider": name}
    return f"{said} ({speech.text(ceiling['case'])})" if ceiling.get("case") else said


def _terms(part: Document, speech: Speech) -> Iterator[str]:
    """What surrounds the money: for what, how it is paid back, when and to whom it is paid."""
    if part.get("expenses"):
        yield _("Pour : %(expenses)s") % {"expenses": speech.listing(speech.expenses(part["expenses"]))}
    for one in part.get("narrowed", ()):
        said = {"expenses": ", ".join(speech.expenses(one["expenses"])), "words": speech.text(one["to"])}
        yield _("Seul ce qui suit compte (%(expenses)s) : %(words)s") % said
    if part.get("expenses_dated"):
        first, last = (day(part["expenses_dated"].get(end)) for end in ("from", "to"))
        days = speech.typeset(speech.wording.days(first, last))
        yield _("Seules comptent les dépenses faites %(days)s") % {"days": days}
    yield from _shares_and_units(part, speech)
    yield from _loan(part.get("loan", {}))
    loan, fees = part.get("loan", {}), part.get("fees", {})
    for text in (loan.get("interest"), loan.get("security"), loan.get("fees"), fees.get("text")):
        if text:
            yield speech.capital(speech.text(text))
    yield from _payment(part, speech)


def _shares_and_units(part: Document, speech: Speech) -> Iterator[str]:
    unit, guarantee = part.get("per_unit"), part.get("guarantee")
    if unit:
        said = {"amount": speech.money(unit["at_most"]), "unit": speech.phrase("terms", unit["unit"])}
        yield _("Jusqu’à %(amount)s par %(unit)s") % said
    if guarantee:
        yield _("Garantit jusqu’à %(share)s") % {"share": speech.share(guarantee["share"])}


def _loan(loan: Document) -> Iterator[str]:
    if loan.get("months_at_most") or loan.get("months"):
        yield _("Remboursement en %(months)s mois au plus") % {"months": loan.get("months_at_most") or loan["months"]}
    if loan.get("interest_free"):
        yield _("Sans intérêt")
    if loan.get("interest_free_months_at_most"):
        yield _("Sans intérêt pendant %(months)s mois au plus") % {"months": loan["interest_free_months_at_most"]}
    if loan.get("interest_only_months_at_most"):
        yield _("Intérêts seulement pendant %(months)s mois au plus") % {"months": loan["interest_only_months_at_most"]}


def _payment(part: Document, speech: Speech) -> Iterator[str]:
    if part.get("costs_from"):
        yield _("Dépenses comptées à partir de : %(moment)s") % {"moment": speech.phrase("terms", part["costs_from"])}
    if part.get("refundable") is not None:
        yield _("Remboursable") if part["refundable"] else _("Non remboursable")
    if part.get("paid") or part.get("paid_when"):
        moment = part.get("paid_when", {}).get("moment")
        when = speech.text(part["paid"]) if part.get("paid") else speech.phrase("terms", moment)
        yield _("Versement : %(when)s") % {"when": when}
    if part.get("paid_to"):
        yield _("À qui va l’argent : %(who)s") % {"who": speech.text(part["paid_to"])}


def stacking(programme: Programme, speech: Speech) -> Plain | None:
    """How the aid combines with other aid, as far as a source says; ``None`` if no source was read."""
    rules = programme.document.get("stacking")
    if not rules:
        return None
    return {
        "shares": [*_shares(rules, programme, speech)],
        "counts": [speech.text(rules[key]) for key in ("counts", "counts_from") if rules.get(key)],
        "weights": [
            {"name": speech.instrument(name), "share": speech.share(weight)}
            for name, weight in (rules.get("weights") or {}).items()
        ],
        "not_with": speech.programmes(rules.get("not_with", ())),
        "not_with_providers": speech.providers(rules.get("not_with_providers", ())),
        "rule": speech.text(rules["rule"]) if rules.get("rule") else "",
        "unsure": rules.get("confidence") == "low",
        "source": speech.source(programme, rules["source"]),
    }


def _shares(rules: Document, programme: Programme, speech: Speech) -> Iterator[Plain]:
    for tier in rules.get("government_at_most", ()):
        said = _("Aides publiques réunies : au plus %(share)s") if "at_most" in tier else ""
        yield _share(said, tier, tier.get("at_most"), programme, speech)
    for tier in rules.get("private_at_least", ()):
        said = _("Argent privé : au moins %(share)s") if "at_least" in tier else ""
        if said and tier.get("in_cash"):
            said = _("Argent privé : au moins %(share)s, en argent")
        yield _share(said, tier, tier.get("at_least"), programme, speech)


def _share(said: str, tier: Document, share: float | None, programme: Programme, speech: Speech) -> Plain:
    words = said % {"share": speech.share(share)} if said and share is not None else ""
    of = tier.get("of")
    if words and of:
        words = _("%(words)s (%(base)s)") % {"words": words, "base": speech.phrase("terms", of)}
    return {
        "words": words,
        "case": "; ".join(cases(tier, programme, speech)),
        "source": speech.source(programme, tier["source"]),
    }
