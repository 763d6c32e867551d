"""Five hundred people who register at once, each in a thread of its own, on a database in a file.

``python -m tests.hub.days.crowd PEOPLE SEATS TIMES`` prints, for each time, how many have a seat and how many wait.
A process of its own: the tests' database is in memory, and belongs to one thread.
"""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread


def main(people: int, seats: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALLIAGE_DATA": folder, "DJANGO_SETTINGS_MODULE": "alliage.hub.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for turn in range(times):
            sys.stdout.write(f"{one_crowd(turn, people=people, seats=seats)}\n")


def one_crowd(turn: int, *, people: int, seats: int) -> str:
    """Everyone waits at the same gate, then asks for a seat; a third of those who have one then leave, all at once."""
    from django.db import connection

    from alliage.hub.days.actions import registering
    from alliage.hub.days.models import Registration
    from alliage.hub.ui import day as days
    from tests.hub.things import make_day

    day, gate, wrong = make_day(seats=seats, slug=f"foule-{turn}"), Barrier(people), []

    def come(number: int) -> None:
        try:
            gate.wait()
            wish = registering.Wish(email=f"p{number}@example.org", name=f"P{number}")
            registering.register(day.slug, wish=wish, at=days.now())
        except Exception as error:  # noqa: BLE001 - whatever it is, the test says it
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [Thread(target=come, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = Registration.objects.filter(day=day)
    confirmed = list(rows.filter(state="confirmed").order_by("seat"))
    numbers = [row.seat for row in confirmed] == list(range(1, min(seats, people) + 1))
    leaving = confirmed[: len(confirmed) // 3]

    def leave(row: Registration) -> None:
        registering.withdraw(row.pk, at=days.now())
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(leave, leaving))
    held = sorted(rows.filter(seat__isnull=False).values_list("seat", flat=True))
    offered = list(rows.filter(state="offered").order_by("pk"))
    first = list(rows.filter(state__in=("offered", "waiting")).order_by("ranked", "pk"))[: len(offered)]
    in_order = {row.pk for row in offered} == {row.pk for row in first}
    said = f"confirmed {len(confirmed)} waiting {rows.count() - len(confirmed)} numbers {numbers}"
    twice = len(held) - len(set(held))
    return f"{said} offered {len(offered)} held {len(held)} twice {twice} order {in_order} {wrong[:3]}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
