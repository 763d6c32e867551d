"""`alliage meetings`: the example day, its calendars, and clear answers to what cannot be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from icalendar import Calendar

from tests.cli.conftest import ROOT, Run, run_process

DAY = str(ROOT / "examples" / "days" / "rencontres-saguenay.yaml")
SCHEMAS = {
    name: jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")))
    for name in ("day", "meetings")
}
SMALL: dict[str, Any] = {
    "date": "2027-03-14",
    "title": "Une journée inventée",
    "hours": [{"from": "9:00", "to": "10:00"}],
    "rooms": [{"id": "x", "name": "Salle X"}],
    "officers": [{"id": "a", "name": "Personne A", "room": "x"}],
    "companies": [{"id": "c", "name": "Ferme C", "wishes": ["a"]}, {"id": "d", "name": "Ferme D"}],
}


def written(tmp_path: Path, **more: Any) -> str:
    path = tmp_path / "day.yaml"
    path.write_text(yaml.safe_dump({**SMALL, **more}, allow_unicode=True), encoding="utf-8")
    return str(path)


def answer(run: Run, *args: str) -> dict[str, Any]:
    result = run("meetings", *args, "--json")
    assert result.exit_code == 0, result.stdout
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def refused(run: Run, *args: str) -> list[tuple[str, str]]:
    result = run("meetings", *args, "--json")
    assert result.exit_code == 2
    return [(one["code"], one["where"].rpartition("::")[2]) for one in json.loads(result.stdout)["errors"]]


def test_the_example_keeps_its_form_and_is_proved(run: Run):
    SCHEMAS["day"].validate(yaml.safe_load(Path(DAY).read_text(encoding="utf-8")))
    found = answer(run, DAY)
    SCHEMAS["meetings"].validate(found)
    assert found["proof"]["gap"] == 0
    assert found["counts"]["without"] == 0
    held = {(c["id"], m["officer"], m["starts"]) for c in found["companies"] for m in c["meetings"]}
    assert held == {(m["company"], o["id"], m["starts"]) for o in found["officers"] for m in o["meetings"]}
    assert found["doubling"]
    assert all(one["worth"] > 0 for one in found["doubling"])


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_names_everybody_once_in_each_part_and_fits(run: Run, lang: str):
    result = run("meetings", DAY, "--lang", lang)
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    found = answer(run, DAY)
    for kind in ("companies", "officers"):
        assert [one["name"] for one in found[kind] if one["name"] not in result.stdout] == []
    assert {"fr": "c'est prouvé", "en": "this is proved"}[lang] in result.stdout
    assert re.search({"fr": r"\b9\u00a0h\u00a000\b", "en": r"\b9:00\b"}[lang], result.stdout)


def test_each_person_has_a_calendar_and_the_same_day_updates_it(run: Run, tmp_path: Path):
    folder = tmp_path / "calendars"
    found = answer(run, DAY, "--ics", str(folder))
    assert run("meetings", DAY, "--ics", str(folder), "--seed", "7").exit_code == 0  # it replaces its own files
    meeting = [one for kind in ("companies", "officers") for one in found[kind] if one["meetings"]]
    assert len(list(folder.glob("*.ics"))) == len(meeting)
    run("meetings", DAY, "--ics", str(folder))
    company = next(one for one in found["companies"] if one["meetings"])
    calendar = Calendar.from_ical((folder / f"companies-{company['id']}.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert [f"{event['DTSTART'].dt:%H:%M}" for event in events] == [one["starts"] for one in company["meetings"]]
    assert company["meetings"][0]["name"] in str(events[0]["SUMMARY"])
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert calendar.walk("VTIMEZONE")


def test_hours_may_be_written_without_quotes(run: Run, tmp_path: Path):
    path = tmp_path / "day.yaml"
    text = yaml.safe_dump({**SMALL, "hours": []}).replace("hours: []", "hours: [{from: 9:00, to: 13:30}]")
    path.write_text(text, encoding="utf-8")
    assert answer(run, str(path))["companies"][0]["meetings"][0]["ends"] <= "13:30"


def test_hours_are_cut_in_slots_and_what_overlaps_an_absence_is_not_free(run: Run, tmp_path: Path):
    away = [{"id": "a", "name": "A", "away": [{"from": "9:10", "to": "9:41"}]}]
    day = written(tmp_path, officers=away)
    assert answer(run, day)["officers"][0]["most"] == 0  # 9:00, 9:20 and 9:40 all touch it
    away[0]["away"][0]["to"] = "9:40"
    (meeting,) = answer(run, written(tmp_path, officers=away))["companies"][0]["meetings"]
    assert (meeting["starts"], meeting["ends"]) == ("09:40", "09:57")


def test_a_company_without_a_wish_is_not_counted_as_left_out(run: Run, tmp_path: Path):
    found = answer(run, written(tmp_path))
    assert (found["counts"]["companies"], found["counts"]["without"]) == (1, 0)
    assert "aucun souhait" in run("meetings", written(tmp_path)).stdout


BAD: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"hours": [{"from": "9h", "to": "10:00"}]}, [("value-form", "hours[0].from")]),
    ({"hours": [{"from": "9:00", "to": "9:10"}]}, [("meetings-no-slot", "slots")]),
    ({"hours": [{"from": "12:00", "to": "9:00"}]}, [("meetings-hours", "hours[0]")]),
    ({"hours": [{"from": "9:00", "to": "10:00"}, {"from": "11:00", "to": "11:00"}]}, [("meetings-hours", "hours[1]")]),
    (
        {
            "officers": [{"id": "a", "name": "A", "away": [{"from": "14:00", "to": "13:00"}]}],
            "companies": [
                {"id": "c", "name": "C", "away": [{"from": "9:00", "to": "9:10"}, {"from": "9:00", "to": "8:59"}]}
            ],
        },
        [("meetings-hours", "officers.a.away[0]"), ("meetings-hours", "companies.c.away[1]")],
    ),
    ({"date": "2027-02-30"}, [("option-date", "date")]),
    ({"minutes": 4}, [("number-limits", "minutes")]),
    ({"colour": "red"}, [("field-unknown", "colour")]),
    ({"companies": [{"id": "c", "name": "C", "wishes": ["z"]}]}, [("meetings-unknown", "companies.c.wishes")]),
    ({"companies": [{"id": "../c", "name": "C"}]}, [("value-form", "companies[0].id")]),
    ({"officers": [{"id": "a", "name": "A", "room": "y"}]}, [("meetings-unknown", "officers.a.room")]),
    ({"weights": [1, 2]}, [("meetings-weights", "settings.weights")]),
]


@pytest.mark.parametrize(("more", "problems"), BAD, ids=[problems[0][1] for _, problems in BAD])
def test_a_day_that_makes_no_sense_is_refused_in_its_place(
    run: Run, tmp_path: Path, more: dict[str, Any], problems: list[tuple[str, str]]
):
    assert refused(run, written(tmp_path, **more)) == problems


def test_calendars_go_to_a_folder_and_replace_nothing_else(run: Run, tmp_path: Path):
    day = written(tmp_path)
    assert refused(run, day, "--ics", day) == [("paper-exists", "--ics")]
    assert refused(run, day, "--ics", str(tmp_path / "no" / "folder")) == [("save-folder", "--ics")]
    (tmp_path / "companies-c.ics").write_text("mine", encoding="utf-8")
    assert refused(run, day, "--ics", str(tmp_path)) == [("paper-exists", "--ics")]
    assert (tmp_path / "companies-c.ics").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "officers-a.ics").exists()


def test_options_that_are_no_numbers_are_refused(run: Run, tmp_path: Path):
    day = written(tmp_path)
    assert refused(run, day, "--seed", "x") == [("option-number", "--seed")]
    assert refused(run, day, "--seconds", "0") == [("option-number", "--seconds")]
    assert answer(run, day, "--seconds", "60")["proof"]["complete"]


def test_an_ascii_terminal_shows_the_page():
    done = run_process("meetings", "examples/days/rencontres-saguenay.yaml", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        ("2027-03-14", {"from": "2:00", "to": "3:00"}),  # clocks go from 2:00 to 3:00
        ("2027-03-13", {"from": "26:00", "to": "27:00"}),  # the same hour, of a day that ends after midnight
        ("2027-11-07", {"from": "1:00", "to": "2:00"}),  # clocks show it twice
    ],
)
def test_no_calendar_holds_an_hour_that_clocks_do_not_show_once(
    run: Run, tmp_path: Path, date: str, hours: dict[str, str]
):
    day, folder = written(tmp_path, date=date, hours=[hours]), tmp_path / "calendars"
    assert refused(run, day, "--ics", str(folder)) == [("meetings-clock", "--ics")]
    assert not folder.exists()
    assert run("meetings", day).exit_code == 0


def test_a_meeting_after_midnight_is_of_the_day_after(run: Run, tmp_path: Path):
    day, folder = written(tmp_path, hours=[{"from": "24:10", "to": "24:30"}]), tmp_path / "calendars"
    answer(run, day, "--ics", str(folder))
    (event,) = Calendar.from_ical((folder / "companies-c.ics").read_bytes()).walk("VEVENT")
    assert f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}" == "2027-03-15 00:10"
