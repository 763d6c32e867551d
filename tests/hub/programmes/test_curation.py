"""Curation: what a pack and people change is merged, proposed, published, retired and undone, and nothing is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler

from alliage.core.catalogue.differences import same
from alliage.core.catalogue.merging import Side, merge
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import actions, queries, tasks
from alliage.hub.programmes.actions import Closed, Loaded, Moved, Unchanged, Why, editing, proposing
from alliage.hub.programmes.models import Conflict, Programme, Proposal, Redirect, Revision
from alliage.hub.programmes.queries import current_catalogue
from alliage.hub.programmes.queries.likenesses import free_id
from alliage.hub.ui import day
from tests.hub.people.actors import make_person
from tests.hub.programmes.conftest import AT, ON
from tests.hub.programmes.small_pack import SmallPack, with_name

pytestmark = pytest.mark.django_db
Load = Callable[[], Loaded]
ID, FILE = "canexport-pme", "federal/canexport-pme"
PAGE = "https://www.deleguescommerciaux.gc.ca/"


def why(by: str = "Équipe", reason: str = "page relue", *, days: int = 0) -> Why:
    return Why(by=by, at=AT + timedelta(days=days), reason=reason, page=PAGE, read=ON)


def now(id_: str = ID) -> dict[str, Any]:
    return copy.deepcopy(dict(current_catalogue().programmes[id_].document))


def named(name: str, document: dict[str, Any] | None = None) -> dict[str, Any]:
    return with_name(document or now(), name)


def kept(id_: str = ID) -> dict[str, Any]:
    """What a programme says, retired or not."""
    current = Programme.objects.get(id=id_).current
    assert current is not None
    return copy.deepcopy(dict(current.document))


def number(id_: str = ID) -> int:
    current = Programme.objects.get(id=id_).current
    assert current is not None
    return current.number


# ----------------------------------------------------------------------------------------- a pack and an edit


def test_what_the_pack_changed_elsewhere_joins_the_edit(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.replace(FILE, "at_most: 500,", "at_most: 400,")
    loaded = load()
    assert (loaded.merged, loaded.kept) == ((ID,), ())
    revision = Programme.objects.get(id=ID).current
    assert revision is not None
    assert (revision.number, revision.source, revision.document["name"]["fr"]) == (3, "merge", "Corrigé")
    assert "400" in revision.changes[0]["text"]["fr"]
    assert not load().touched
    pack.replace(FILE, "at_most: 400,", "at_most: 300,")
    assert load().merged == (ID,), "the base of the next merge is what the pack gave last"
    assert not Conflict.objects.exists()


def test_a_conflict_is_settled_place_by_place(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.replace(FILE, "fr: CanExport PME", "fr: CanExport, autrement")
    pack.replace(FILE, "at_most: 500,", "at_most: 400,")
    load()
    conflict = Conflict.objects.get(settled=None)
    with pytest.raises(Moved) as asked:
        actions.settle_conflict(conflict=conflict.id, keep={}, why=why())
    assert [clash.place for clash in asked.value.clashes] == ["name"]
    assert Conflict.objects.filter(settled=None).exists(), "nothing was done"
    revision = actions.settle_conflict(conflict=conflict.id, keep={"name": Side.THEIRS}, why=why())
    assert revision is not None
    assert revision.document["name"]["fr"] == "CanExport, autrement"
    assert "400" in str(revision.document["eligibility"])
    with pytest.raises(Closed):
        actions.settle_conflict(conflict=conflict.id, keep={}, why=why())
    assert not load().touched


@pytest.mark.parametrize(("side", "name"), [(Side.OURS, "Corrigé"), (Side.THEIRS, "CanExport, autrement")])
def test_a_conflict_is_settled_whole(pack: SmallPack, load: Load, side: Side, name: str) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.replace(FILE, "fr: CanExport PME", "fr: CanExport, autrement")
    load()
    actions.settle_conflict(conflict=Conflict.objects.get().id, keep={}, why=why(), whole=side)
    assert now()["name"]["fr"] == name
    assert not load().touched
    assert not Conflict.objects.filter(settled=None).exists()


def test_a_newer_pack_takes_the_place_of_an_open_conflict_on_the_same_base(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.replace(FILE, "fr: CanExport PME", "fr: CanExport, autrement")
    load()
    pack.replace(FILE, "fr: CanExport, autrement", "fr: CanExport PME")
    assert load().merged == (ID,), "the pack took back what it said"
    assert not Conflict.objects.filter(settled=None).exists()
    assert now()["name"]["fr"] == "Corrigé"


def test_a_programme_that_the_pack_dropped_stays_or_is_retired_by_choice(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.drop(FILE)
    load()
    actions.settle_conflict(conflict=Conflict.objects.get().id, keep={}, why=why(), whole=Side.THEIRS)
    assert ID not in current_catalogue().programmes
    revision = Programme.objects.get(id=ID).current
    assert revision is not None
    assert (revision.number, revision.event, revision.reason) == (3, "retired", "page relue"), "its history says why"
    assert not load().touched


def test_two_good_documents_that_are_wrong_together_are_a_conflict(pack: SmallPack, load: Load) -> None:
    """At least 450 employees, says the edit; at most 400, says the pack."""
    load()
    document = now()
    leaf = {"attribute": "company.employees", "at_least": 450, "source": next(iter(document["sources"]))}
    document["eligibility"]["all"].append(leaf)
    actions.edit_programme(document=document, why=why())
    pack.replace(FILE, "at_most: 500,", "at_most: 400,")
    assert load().kept == (ID,)
    conflict = Conflict.objects.get()
    assert (conflict.clashes, [problem["code"] for problem in conflict.problems]) == ([], ["condition-impossible"])
    with pytest.raises(AlliageError):
        actions.settle_conflict(conflict=conflict.id, keep={}, why=why())
    assert actions.settle_conflict(conflict=conflict.id, keep={}, why=why(), whole=Side.OURS) is None
    assert now() == document


@pytest.mark.parametrize("seed", range(4))
def test_whatever_both_change_loading_loses_nothing(pack: SmallPack, load: Load, seed: int) -> None:
    """Each change of the pack is on the site or in a conflict, and so is each edit: as the core's own merge says."""
    random = Random(seed)  # noqa: S311 - a seed, no secret
    load()
    base = now()
    ours = changed(base, random)
    actions.edit_programme(document=ours, why=why())
    given = pack_text(pack, random)
    loaded = load()
    expected = merge(base=base, ours=ours, theirs=given)
    assert bool(loaded.kept) == bool(expected.clashes)
    if expected.clashes:
        conflict = Conflict.objects.get()
        assert now() == ours
        assert conflict.document == given
        assert [clash["place"] for clash in conflict.clashes] == [clash.place for clash in expected.clashes]
        keep = {clash.place: random.choice(list(Side)) for clash in expected.clashes}
        actions.settle_conflict(conflict=conflict.id, keep=keep, why=why())
        assert same(now(), merge(base=base, ours=ours, theirs=given, keep=keep).document)
    else:
        assert same(now(), expected.document)
    assert not load().touched


def changed(document: dict[str, Any], random: Random) -> dict[str, Any]:
    """Some edits, of those that a person makes."""
    version = copy.deepcopy(document)
    for edit in random.sample(range(4), 2):
        if edit == 0:
            version["name"]["fr"] += " bis"
        elif edit == 1:
            version["summary"]["en"] += " More."
        elif edit == 2:
            version["eligibility"]["all"].pop()
        else:
            version["confidence"] = "low"
    return version


def pack_text(pack: SmallPack, random: Random) -> dict[str, Any]:
    """The pack changes some of the same places, as text; what it then says."""
    edits = [
        ("fr: CanExport PME", "fr: CanExport à neuf"),
        ("at_most: 500,", "at_most: 400,"),
        ("confidence: high", "confidence: medium"),
    ]
    for before, after in random.sample(edits, 2):
        pack.replace(FILE, before, after)
    from alliage.hub.programmes import documents

    return dict(documents.read(pack.folder).documents[ID])


# ----------------------------------------------------------------------------------------- two editors at once


def test_two_editors_at_once_lose_nothing(load: Load) -> None:
    load()
    seen = now()
    first = actions.edit_programme(document=named("Un", seen), why=why("A"), base=1)
    other = {**copy.deepcopy(seen), "confidence": "low"}
    second = actions.edit_programme(document=other, why=why("B"), base=1)
    assert (first.rebased, second.rebased) == (False, True)
    assert (now()["name"]["fr"], now()["confidence"]) == ("Un", "low")


def test_two_editors_of_the_same_place_are_asked(load: Load) -> None:
    load()
    seen = now()
    actions.edit_programme(document=named("Un", seen), why=why("A"), base=1)
    with pytest.raises(Moved) as asked:
        actions.edit_programme(document=named("Deux", seen), why=why("B"), base=1)
    (clash,) = asked.value.clashes
    assert (clash.place, clash.ours["fr"], clash.theirs["fr"]) == ("name", "Un", "Deux")
    assert number() == 2
    actions.edit_programme(document=named("Deux", seen), why=why("B"), base=1, keep={"name": Side.THEIRS})
    assert now()["name"]["fr"] == "Deux"


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Somebody whose document was accepted before renames the credit just before the next document is written."""
    real = editing.loaded_catalogue

    def loaded() -> Any:
        monkeypatch.setattr(editing, "loaded_catalogue", real)
        catalogue = real()
        editing.write(editing.held("c3i"), named(name, now("c3i")), why=why(), catalogue=catalogue)
        return catalogue

    monkeypatch.setattr(editing, "loaded_catalogue", loaded)


def test_what_is_written_while_a_programme_is_redirected_or_restored_is_not_lost(
    load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load()
    meanwhile(monkeypatch, "Un")
    actions.retire(programme_id=ID, why=why(), moved_to="c3i")
    assert (now("c3i")["name"]["fr"], now("c3i")["replaces"]) == ("Un", [ID])
    meanwhile(monkeypatch, "Deux")
    actions.restore(programme_id=ID, why=why())
    assert (now("c3i")["name"]["fr"], now("c3i").get("replaces")) == ("Deux", None)


# --------------------------------------------------------------------------------------------------- proposals


def proposed(name: str = "Proposé", *, base: int | None = None, document: Any = None) -> Proposal:
    return actions.propose(
        document=document or named(name), base=base or number(), why=why("Agente", "nom officiel changé")
    )


def test_a_proposal_changes_nothing_until_it_is_accepted(load: Load) -> None:
    load()
    proposal = proposed()
    assert now()["name"]["fr"] != "Proposé"
    assert proposal.changes
    done = actions.accept_proposal(proposal=proposal.id, why=why("Équipe", "merci"))
    assert now()["name"]["fr"] == "Proposé"
    revision = Revision.objects.get(programme=ID, number=2)
    assert (revision.author, revision.reason, revision.page) == ("Agente", "nom officiel changé", PAGE)
    assert (done.state, done.decided_by, done.answer, done.revision) == ("accepted", "Équipe", "merci", revision)
    with pytest.raises(Closed, match="accepted"):
        actions.refuse_proposal(proposal=proposal.id, why=why())


def test_a_proposal_that_is_wrong_is_refused_with_its_problems(load: Load) -> None:
    load()
    with pytest.raises(AlliageError) as refused:
        proposed(document={**now(), "provider": "personne"})
    assert refused.value.problems[0].code == "provider-unknown"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("decide", "state"), [(actions.refuse_proposal, "refused"), (actions.withdraw_proposal, "withdrawn")]
)
def test_a_proposal_is_refused_or_withdrawn_and_stays_told(load: Load, decide: Any, state: str) -> None:
    load()
    proposal = proposed()
    actions.comment_proposal(proposal=proposal.id, why=why("Équipe", "Où est-ce écrit?"))
    decided = decide(proposal=proposal.id, why=why("X", "non"))
    assert (decided.state, decided.answer, number()) == (state, "non", 1)
    assert [comment.text for comment in decided.comments.all()] == ["Où est-ce écrit?"]


def test_a_proposal_on_a_revision_that_moved_is_rebased(load: Load) -> None:
    load()
    proposal = proposed()
    actions.edit_programme(document={**now(), "confidence": "low"}, why=why())
    actions.accept_proposal(proposal=proposal.id, why=why())
    assert (now()["name"]["fr"], now()["confidence"], number()) == ("Proposé", "low", 3)


def test_a_proposal_on_the_same_place_is_never_lost(load: Load) -> None:
    load()
    proposal = proposed()
    actions.edit_programme(document=named("Autre"), why=why())
    with pytest.raises(Moved) as asked:
        actions.accept_proposal(proposal=proposal.id, why=why())
    assert [(clash.ours["fr"], clash.theirs["fr"]) for clash in asked.value.clashes] == [("Autre", "Proposé")]
    assert Proposal.objects.get().state == "open"
    actions.accept_proposal(proposal=proposal.id, why=why(), keep={"name": Side.THEIRS})
    assert now()["name"]["fr"] == "Proposé"


def test_a_corrected_proposal_keeps_what_it_said_before(load: Load) -> None:
    load()
    proposal = proposed()
    actions.correct_proposal(
        proposal=proposal.id, document=named("Mieux"), base=1, why=why("Équipe", "majuscules retirées")
    )
    (comment,) = Proposal.objects.get().comments.all()
    assert comment.replaced is not None
    assert (comment.replaced["name"]["fr"], comment.text) == ("Proposé", "majuscules retirées")
    actions.accept_proposal(proposal=proposal.id, why=why())
    assert now()["name"]["fr"] == "Mieux"


def test_what_was_accepted_for_a_day_waits_for_the_team_again_once_it_is_rewritten(load: Load) -> None:
    load()
    proposal, day = proposed(), ON + timedelta(days=3)
    actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=day)
    actions.correct_proposal(proposal=proposal.id, document=named("Réécrit"), base=1, why=why("Agente", "mieux dit"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.publish_on) == ("open", None)
    assert actions.publish_due(on=day, at=AT) == actions.PublishedDue((), ())
    assert now()["name"]["fr"] != "Réécrit"


def test_of_two_new_programmes_of_one_id_each_may_be_accepted(load: Load) -> None:
    load()
    document = {**now(), "id": "bourse"}
    first = actions.propose_new(document=document, why=why("Agente"))
    with pytest.raises(Closed, match="taken"):
        actions.propose_new(document=document, why=why("Agent"))
    # Two sent at the very same moment.
    second = Proposal.objects.create(document=document, reason="r", page=PAGE, read=ON, created=AT)
    actions.accept_proposal(proposal=first.id, why=why())
    with pytest.raises(Closed, match="taken"):
        actions.accept_proposal(proposal=second.id, why=why())
    actions.correct_proposal(proposal=second.id, document=document, base=0, why=why())
    actions.accept_proposal(proposal=second.id, why=why())
    assert {"bourse", "bourse-2"} <= current_catalogue().programmes.keys()


def test_a_correction_of_a_new_programme_keeps_its_own_id(load: Load) -> None:
    load()
    document = {**now(), "id": "bourse"}
    proposal = actions.propose_new(document=document, why=why("Agente"))
    actions.correct_proposal(proposal=proposal.id, document=named("Mieux", document), base=0, why=why())
    proposal.refresh_from_db()
    assert proposal.document["id"] == "bourse"
    actions.withdraw_proposal(proposal=proposal.id, why=why())
    assert free_id("bourse") == "bourse", "nobody proposes it any more"


def test_no_programme_is_proposed_under_an_id_that_leads_to_another(load: Load) -> None:
    load()
    Redirect.objects.create(old="ancienne", programme_id=ID)
    with pytest.raises(Closed, match="taken"):
        actions.propose_new(document={**now(), "id": "ancienne"}, why=why())


@pytest.mark.parametrize("press", [1, 2])
def test_what_is_decided_while_the_day_is_published_stops_no_other(
    load: Load, monkeypatch: pytest.MonkeyPatch, press: int
) -> None:
    """Before it is published, or before it opens again: the programme changed at the same place."""
    load()
    day = ON + timedelta(days=3)
    first = proposed()
    second = actions.propose(document={**now(), "confidence": "low"}, base=1, why=why("Agente"))
    for one in (first, second):
        actions.accept_proposal(proposal=one.id, why=why(), publish_on=day)
    actions.edit_programme(document=named("Autre"), why=why())
    real, asked = proposing._waiting, []

    def meanwhile(proposal: int) -> Proposal:
        asked.append(proposal)
        if proposal == first.id and asked.count(proposal) == press:
            Proposal.objects.filter(id=proposal).update(state="open" if press == 1 else "refused", publish_on=None)
        return real(proposal)

    monkeypatch.setattr(proposing, "_waiting", meanwhile)
    assert actions.publish_due(on=day, at=AT) == actions.PublishedDue((second.id,), ())
    assert (now()["name"]["fr"], now()["confidence"]) == ("Autre", "low")
    assert not first.comments.exists()


def test_who_holds_two_programmes_holds_them_in_one_order(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """A load holds them by id: two retirements that cross, or one and a load, would wait for each other for ever."""
    load()
    held: list[tuple[str, ...]] = []
    written = SQLCompiler.as_sql

    def as_sql(compiler: Any, *args: Any, **more: Any) -> Any:
        sql, values = written(compiler, *args, **more)
        if compiler.query.select_for_update and compiler.query.model is Programme:
            held.append(tuple(str(value) for value in values if value in (ID, "c3i")))
            assert len(held[-1]) < 2 or "ORDER BY" in sql
        return sql, values

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    actions.retire(programme_id=ID, why=why(), moved_to="c3i")
    assert set(held[0]) == {ID, "c3i"}
    held.clear()
    actions.restore(programme_id=ID, why=why())
    assert set(held[0]) == {ID, "c3i"}


def test_a_proposal_is_published_on_its_day_and_once(load: Load) -> None:
    load()
    day = ON + timedelta(days=3)
    proposal = proposed()
    assert actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=day).state == "scheduled"
    assert actions.publish_due(on=day - timedelta(days=1), at=AT).written == ()
    assert now()["name"]["fr"] != "Proposé"
    assert actions.publish_due(on=day, at=AT + timedelta(days=3)).written == (proposal.id,)
    assert now()["name"]["fr"] == "Proposé"
    assert actions.publish_due(on=day, at=AT + timedelta(days=3)) == actions.PublishedDue((), ())


def test_the_task_publishes_what_is_due(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    load()
    tomorrow = day.now() + timedelta(days=1)
    actions.accept_proposal(proposal=proposed().id, why=why(), publish_on=tomorrow.date())
    assert tasks.publish_due.call() == {"written": 0, "opened_again": 0}
    monkeypatch.setattr(day, "now", lambda: tomorrow)
    assert tasks.publish_due.call() == {"written": 1, "opened_again": 0}
    assert now()["name"]["fr"] == "Proposé"


def test_who_erases_their_account_leaves_no_name(load: Load) -> None:
    load()
    person = make_person("agente@example.org", name="Agente")
    actions.edit_programme(document=named("Un"), why=replace(why(by=""), person=person.pk))
    assert "Agente" in str(history())
    person.delete()
    assert "Agente" not in str(history())
    assert "compte effacé" in str(history())


def history() -> Any:
    found = queries.known(ID)
    assert found is not None
    return queries.history_page(found, page=1, speech=queries.Speech(queries.current_shelf(), lang="fr"), named=True)


def test_a_day_that_has_come_publishes_at_once(load: Load) -> None:
    load()
    assert actions.accept_proposal(proposal=proposed().id, why=why(), publish_on=date(2020, 1, 1)).state == "accepted"


def test_a_scheduled_proposal_of_a_retired_programme_opens_again(load: Load) -> None:
    load()
    proposal, on = proposed(), ON + timedelta(days=3)
    actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=on)
    actions.retire(programme_id=ID, why=why())
    assert actions.publish_due(on=on, at=AT) == actions.PublishedDue((), (proposal.id,))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.publish_on) == ("open", None)
    assert [comment.text for comment in proposal.comments.all()] == ["programme-retired"]
    with pytest.raises(Closed, match="retired"):
        actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=on)
    actions.restore(programme_id=ID, why=why())
    actions.accept_proposal(proposal=proposal.id, why=why())
    assert now()["name"]["fr"] == "Proposé"


def test_what_changes_nothing_writes_nothing(load: Load) -> None:
    load()
    first = actions.edit_programme(document=now(), why=why(), base=1).revision
    assert (first.number, number(), actions.edit_programme(document=now(), why=why()).revision) == (1, 1, first)
    actions.edit_programme(document=named("Un"), why=why())
    undone = actions.undo(programme_id=ID, number=2, why=why()).revision
    assert actions.undo(programme_id=ID, number=2, why=why()).revision == undone
    assert number() == 3


def test_what_is_written_of_a_programme_that_was_just_retired_does_not_bring_it_back(load: Load) -> None:
    load()
    actions.retire(programme_id=ID, why=why())
    for write in (
        lambda: actions.edit_programme(document=named("Un", kept()), why=why(), base=1),
        lambda: actions.propose(document=named("Un", kept()), base=1, why=why()),
    ):
        with pytest.raises(Closed) as refused:
            write()
        assert refused.value.state == "retired"
    assert ID not in current_catalogue().programmes
    assert number() == 2, "nothing was written but the retirement"


def test_a_conflict_of_a_retired_programme_is_settled_without_bringing_it_back(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.replace("federal/canexport-pme", "fr: CanExport PME", "fr: CanExport, autrement")
    load()
    actions.retire(programme_id=ID, why=why())
    actions.settle_conflict(conflict=Conflict.objects.get().id, keep={}, why=why(), whole=Side.THEIRS)
    assert ID not in current_catalogue().programmes
    assert kept()["name"]["fr"] == "CanExport, autrement"


def test_restoring_leaves_what_replaced_it_retired(load: Load) -> None:
    load()
    actions.retire(programme_id=ID, why=why(), moved_to="c3i")
    actions.retire(programme_id="c3i", why=why())
    actions.restore(programme_id=ID, why=why())
    assert set(current_catalogue().programmes) & {ID, "c3i"} == {ID}
    assert "replaces" not in kept("c3i")


def test_a_proposal_that_changes_nothing_is_refused(load: Load) -> None:
    load()
    with pytest.raises(Unchanged):
        actions.propose(document=now(), base=1, why=why())
    proposal = proposed()
    with pytest.raises(Unchanged):
        actions.correct_proposal(proposal=proposal.id, document=now(), base=1, why=why())
    assert Proposal.objects.get().document["name"]["fr"] == "Proposé"


def new_document(id_: str = "tout-neuf") -> dict[str, Any]:
    return {**named("Tout neuf"), "id": id_}


def test_a_new_programme_is_proposed_then_published_once(load: Load) -> None:
    load()
    proposal = actions.propose_new(document=new_document(), why=why("Agente"))
    assert (proposal.programme, proposal.base) == (None, None)
    assert "tout-neuf" not in current_catalogue().programmes
    with pytest.raises(Closed, match="taken"):
        actions.propose_new(document=new_document(), why=why("Agent"))
    other = Proposal.objects.create(document=new_document(), reason="r", page=PAGE, read=ON, created=AT)
    done = actions.accept_proposal(proposal=proposal.id, why=why())
    assert (done.programme_id, done.revision.number if done.revision else 0) == ("tout-neuf", 1)
    assert current_catalogue().programmes["tout-neuf"].name["fr"] == "Tout neuf"
    for again in (
        lambda: actions.accept_proposal(proposal=other.id, why=why()),
        lambda: actions.add_programme(document=new_document(), why=why()),
        lambda: actions.propose_new(document=new_document(), why=why()),
    ):
        with pytest.raises(Closed) as refused:
            again()
        assert refused.value.state == "taken"
    assert Proposal.objects.get(id=other.id).state == "open", "it can be corrected or refused still"


def test_a_new_programme_is_published_on_its_day(load: Load) -> None:
    load()
    proposal = actions.propose_new(document=new_document(), why=why("Agente"))
    actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=ON + timedelta(days=5))
    assert not actions.publish_due(on=ON, at=AT).written
    assert actions.publish_due(on=ON + timedelta(days=5), at=AT).written == (proposal.id,)
    assert "tout-neuf" in current_catalogue().programmes


def test_a_scheduled_proposal_that_no_longer_holds_opens_again(load: Load) -> None:
    load()
    proposal = proposed()
    actions.accept_proposal(proposal=proposal.id, why=why(), publish_on=ON + timedelta(days=3))
    actions.edit_programme(document=named("Autre"), why=why())
    done = actions.publish_due(on=ON + timedelta(days=3), at=AT)
    assert (done.written, done.opened_again) == ((), (proposal.id,))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.publish_on) == ("open", None)
    assert "name" in proposal.comments.get().text
    assert now()["name"]["fr"] == "Autre"


# ------------------------------------------------------------------------------------ retire, redirect, undo


def test_a_retired_programme_says_why_and_its_address_leads_on(pack: SmallPack, load: Load) -> None:
    load()
    actions.retire(programme_id="pari-cnrc", why=why(reason="remplacé"), moved_to=ID)
    row = Programme.objects.get(id="pari-cnrc")
    assert (row.retired, row.retired_reason, row.retired_by_hand) == (AT, "remplacé", True)
    assert current_catalogue().programme("pari-cnrc").id == ID
    assert now()["replaces"] == ["pari-cnrc"], "an export holds it too"
    assert [r.event for r in row.revisions.all()][:1] == ["retired"]
    with pytest.raises(Closed):
        actions.retire(programme_id="pari-cnrc", why=why())
    pack.replace("federal/pari-cnrc", "confidence: ", "confidence: low # ")
    load()
    assert "pari-cnrc" not in current_catalogue().programmes, "a pack does not bring back what the team retired"
    actions.restore(programme_id="pari-cnrc", why=why())
    assert "pari-cnrc" in current_catalogue().programmes
    assert "replaces" not in now()
    assert not Redirect.objects.exists()


def test_a_programme_is_not_redirected_to_itself_or_to_nothing(load: Load) -> None:
    load()
    for target in (ID, "nothing"):
        with pytest.raises(AlliageError):
            actions.retire(programme_id=ID, why=why(), moved_to=target)
    assert ID in current_catalogue().programmes, "nothing is half-done"
    with pytest.raises(AlliageError) as refused:
        actions.redirect(old="c3i", to=ID, why=why())
    assert refused.value.problems[0].code == "redirect-living"


def test_undo_takes_back_one_change_and_no_other(load: Load) -> None:
    load()
    actions.edit_programme(document=named("Un"), why=why())
    actions.edit_programme(document={**now(), "confidence": "low"}, why=why())
    first = Revision.objects.get(programme=ID, number=1)
    undone = actions.undo(programme_id=ID, number=2, why=why(reason="erreur"))
    assert (undone.revision.number, undone.rebased) == (4, True)
    assert now()["name"] == first.document["name"]
    assert now()["confidence"] == "low"
    actions.undo(programme_id=ID, number=4, why=why())
    assert now()["name"]["fr"] == "Un"


def test_undo_asks_when_a_later_change_stands_on_it(load: Load) -> None:
    load()
    actions.edit_programme(document=named("Un"), why=why())
    actions.edit_programme(document=named("Deux"), why=why())
    with pytest.raises(Moved):
        actions.undo(programme_id=ID, number=2, why=why())
    with pytest.raises(Closed):
        actions.undo(programme_id=ID, number=1, why=why())
    with pytest.raises(Closed):
        actions.undo(programme_id=ID, number=9, why=why())


def test_undo_leaves_a_retired_programme_retired(load: Load) -> None:
    load()
    actions.edit_programme(document=named("Un"), why=why())
    actions.retire(programme_id=ID, why=why(), moved_to="c3i")
    with pytest.raises(Closed) as refused:
        actions.undo(programme_id=ID, number=2, why=why())
    assert refused.value.state == "retired"
    assert Programme.objects.get(id=ID).retired == AT
    assert current_catalogue().programme(ID).id == "c3i"


@pytest.mark.parametrize(
    ("old", "code"),
    [
        (ID, "redirect-living"),
        ("c3i", "redirect-living"),
        ("former", "redirect-duplicate"),
        ("x" * 100_000, "text-too-long"),
    ],
)
def test_a_former_id_that_an_export_would_refuse_is_refused_at_once(load: Load, old: str, code: str) -> None:
    load()
    other = now("pari-cnrc")
    actions.edit_programme(document={**other, "replaces": ["former"]}, why=why())
    with pytest.raises(AlliageError) as refused:
        actions.edit_programme(document={**now(), "replaces": [old]}, why=why())
    assert [problem.code for problem in refused.value.problems] == [code]
    assert number() == 1
    actions.edit_programme(document={**now(), "replaces": ["older", "oldest"]}, why=why())


def test_a_programme_that_the_pack_dropped_is_not_settled_without_a_choice(pack: SmallPack, load: Load) -> None:
    load()
    actions.edit_programme(document=named("Corrigé"), why=why())
    pack.drop(FILE)
    load()
    with pytest.raises(Moved):
        actions.settle_conflict(conflict=Conflict.objects.get().id, keep={}, why=why())
    assert Conflict.objects.filter(settled=None).exists()
    assert ID in current_catalogue().programmes
