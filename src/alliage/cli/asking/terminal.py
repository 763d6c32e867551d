"""The conversation on a terminal: asks, reads lines, says what was understood and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from alliage.cli.asking.conversation import Asked, Conversation
from alliage.cli.asking.typed import NotUnderstood, SeveralMeanings, rank, typed_answer
from alliage.cli.page import Page, Span, show, writable
from alliage.cli.results_page import entry, settles
from alliage.cli.voice import Voice
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import Answer
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError, shown
from alliage.core.vocabulary.places import folded
from alliage.core.vocabulary.profile import Profile, Refusal, read_answer

UNSURE = frozenset(
    {
        "",
        "je ne sais pas",
        "ne sais pas",
        "sais pas",
        "nsp",
        "i don't know",
        "i dont know",
        "don't know",
        "idk",
        "unknown",
        "passer",
        "skip",
    }
)
BACK = frozenset({"retour", "back", "precedent", "previous"})
STOP = frozenset({"fin", "end", "stop", "quit", "quitter", "exit"})
HELP = frozenset({"?", "aide", "help"})
SAME = "="
MOST_BEST = 5


class Stop(Exception):
    """The person wants to stop, or there is nothing more to read."""


class Back(Exception):
    """The person wants the question before."""


class Terminal:
    """One conversation, on lines that are read and pages that are shown."""

    def __init__(self, conversation: Conversation, voice: Voice, *, source: TextIO, out: TextIO) -> None:
        self.talk, self.voice, self.words = conversation, voice, voice.words
        self.source, self.out = source, out

    def run(self) -> None:
        """Ask until nothing more would change, or until the person stops."""
        self.say(self.words("ask.welcome"), quiet=self.words("ask.how"))
        try:
            while asked := self.talk.next():
                self._ask(asked)
            self.say(self.words("ask.done"))
        except Stop:
            self.say(self.words("ask.stopped"))
        self._results()

    def ask_line(self, prompt: str) -> str:
        """One line that the person types.

        Raises:
            Stop: there is nothing more to read.
        """
        self.out.write(writable(f"{prompt} ", self.out))
        self.out.flush()
        line = self.source.readline()
        if not self.source.isatty():
            self.out.write(writable(f"{line.strip()}\n", self.out))
        if not line:
            raise Stop
        return line.strip()

    # --------------------------------------------------------------------------------------- one question

    def _ask(self, asked: Asked) -> None:
        attribute = self.voice.attributes[asked.attribute]
        self._question(asked, attribute)
        try:
            answered, answer = self._answer(attribute)
        except Back:
            self.say(self.words("ask.back" if self.talk.back() else "ask.back.first"))
            return
        self._take(answered, answer)

    def _question(self, asked: Asked, attribute: Attribute) -> None:
        page = Page(self.out)
        page.line()
        page.line(Span(self.voice.text(attribute.question), "strong"))
        page.quiet(self._why(asked), indent=1)
        for number, (_, name) in enumerate(self.voice.choices(attribute), start=1):
            page.line(f"{number}. {name}", indent=1, hang=4)
        now = self.talk.results.known.answers.get(attribute.id)
        if now is not None:
            page.quiet(self.words("ask.now", answer=self.voice.answer(attribute.id, now)), indent=1)
        suggested = self._suggested(attribute)
        if suggested is not None and attribute.suggest:
            answer = self.voice.answer(attribute.suggest, suggested)
            page.quiet(self.words("ask.suggest", label=self.voice.label(attribute.suggest), answer=answer), indent=1)
        show(page, stream=self.out)

    def _why(self, asked: Asked) -> str:
        roles = self.voice.catalogue.vocabulary.roles
        if asked.why is None:
            of_money = asked.attribute in (roles.one_per_line, roles.received, roles.duration)
            return self.words(
                "ask.why.needs" if asked.attribute == roles.needs else "ask.why.plan" if of_money else "ask.why.place"
            )
        why = settles(asked.why, self.talk.results, self.voice, key="ask.why")
        return self.words("ask.why.closer", why=why) if asked.why.closer else why

    def _suggested(self, attribute: Attribute) -> Answer | None:
        """A default that the person may confirm; never taken without being asked."""
        return self.talk.results.known.answers.get(attribute.suggest) if attribute.suggest else None

    def _answer(self, attribute: Attribute) -> tuple[Attribute, Answer | None]:
        """The answer that the person gives, asked again until it is understood, and the question that it answers.

        Raises:
            Back, Stop: the person wants to go back, or to stop.
        """
        while True:
            text = self.ask_line(">")
            said = folded(text).rstrip(".")
            if text in HELP or said in HELP:
                self._help(attribute)
            elif said in UNSURE | {folded(word) for word in UNSURE}:
                return attribute, None
            elif said in BACK:
                raise Back
            elif said in STOP:
                raise Stop
            else:
                try:
                    return self._read(text, attribute)
                except (NotUnderstood, Refusal):
                    self.say(self.words("ask.not-understood", text=shown(text), form=self._form(attribute)))

    def _read(self, text: str, attribute: Attribute) -> tuple[Attribute, Answer]:
        suggested = self._suggested(attribute)
        if text == SAME and suggested is not None:
            return attribute, suggested
        try:
            return attribute, self._direct(text, attribute)
        except (NotUnderstood, Refusal):
            by_code = self._through_a_code(text, attribute)
            if by_code is not None:
                return attribute, by_code
            place = self._place_of(attribute)
            if place is None:
                raise
            return place, self._direct(text, place)

    def _direct(self, text: str, attribute: Attribute) -> Answer:
        """An answer to this very question; where it may mean several values, the person chooses."""
        vocabulary = self.voice.catalogue.vocabulary
        try:
            value = typed_answer(text, attribute=attribute, vocabulary=vocabulary, lang=self.voice.lang)
        except SeveralMeanings as several:
            options = several.options
            if attribute.type == "place":
                options = tuple((code, self.voice.place(code)) for code, _ in options)
            value = self._choose(options)
            value = [value] if attribute.several or attribute.type == "choices" else value
        return read_answer(value, attribute=attribute, vocabulary=vocabulary)

    def _place_of(self, attribute: Attribute) -> Attribute | None:
        """The place that a code stands for: whoever is asked for a postal code may name the municipality."""
        for table in self.voice.catalogue.derivations.tables:
            if table.given == attribute.id:
                return self.voice.attributes[table.attribute]
        return None

    def _choose(self, options: Sequence[tuple[str, str]]) -> str:
        """The value that the person picks by its number."""
        page = Page(self.out)
        page.line(self.words("ask.choose"))
        for number, (_, name) in enumerate(options, start=1):
            page.line(f"{number}. {name}", indent=1, hang=4)
        show(page, stream=self.out)
        picked = self.ask_line(">")
        at = rank(picked, most=len(options))
        if at is None:
            raise NotUnderstood(picked)
        return options[at][0]

    def _through_a_code(self, text: str, attribute: Attribute) -> Answer | None:
        """A place given by its postal code, if the pack has such a table: that of the company or another place."""
        catalogue = self.voice.catalogue
        if attribute.type != "place":
            return None
        for table in catalogue.derivations.tables:
            try:
                code = read_answer(text, attribute=self.voice.attributes[table.given], vocabulary=catalogue.vocabulary)
            except Refusal:
                continue
            profile = Profile({table.given: code})
            known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=self.talk.on)
            return known.answers.get(table.attribute)
        return None

    # ------------------------------------------------------------------------------------ after an answer

    def _take(self, attribute: Attribute, answer: Answer | None) -> None:
        try:
            self.talk.answer(attribute.id, answer)
        except AlliageError as error:
            where = error.problems[0].where.rpartition("::")[2]
            label = self.voice.label(where) if where in self.voice.attributes else where
            self.say(self.words("ask.contradiction", label=label))
            self.talk.answer(attribute.id, None)
            return
        if answer is None:
            kept = self.talk.profile.answers.get(attribute.id)
            known = self.words("ask.kept", answer=self.voice.answer(attribute.id, kept)) if kept else ""
            self.say(known or self.words("ask.skipped"))
            return
        counts = {verdict.value: self._moved(*pair) for verdict, pair in self.talk.counts().items()}
        said = self.words("ask.understood", answer=self.voice.fact(attribute.id, answer))
        self.say(said, quiet=self.words("ask.changed", **counts))

    def _moved(self, before: int, after: int) -> str:
        return str(after) if before == after else self.words("ask.from-to", before=before, after=after)

    def _help(self, attribute: Attribute) -> None:
        told = f"{self.voice.text(attribute.help)} " if attribute.help else ""
        form = self._form(attribute)
        self.say(f"{told}({form})", quiet=self.words("ask.how"))

    def _form(self, attribute: Attribute) -> str:
        tables = self.voice.catalogue.derivations.tables
        if attribute.type == "code":
            if attribute.pattern:
                key = "ask.form.postal" if self._place_of(attribute) else "ask.form.code"
                return self.words(key, example=attribute.example or attribute.pattern)
            return self.words("ask.form.code.words")
        examples = [self.voice.attributes[table.given].example for table in tables]
        if attribute.type == "place" and any(examples):
            return self.words("ask.form.place.code", example=next(filter(None, examples)))
        return self.words(f"ask.form.{attribute.type}")

    def _results(self) -> None:
        page = Page(self.out)
        page.line()
        best = self.talk.best(MOST_BEST)
        counts = {verdict: after for verdict, (_, after) in self.talk.counts().items()}
        page.section(self.words("ask.best") if best else self.words("ask.none"))
        page.quiet(self.words("ask.changed", **{verdict.value: counts[verdict] for verdict in Verdict}))
        for result in best:
            page.blank()
            entry(page, result, self.voice)
        page.blank()
        page.line(self.voice.wording.phrases["nothing_promised"][self.voice.lang])
        show(page, stream=self.out)

    def say(self, text: str, *, quiet: str = "") -> None:
        """Say a line, and another of lesser weight."""
        page = Page(self.out)
        page.line(text)
        if quiet:
            page.quiet(quiet)
        show(page, stream=self.out)
