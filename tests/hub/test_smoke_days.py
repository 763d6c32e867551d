from datetime import datetime, timedelta, time
import pytest
from alliage.hub.days.actions import organising, registering, notices
from alliage.hub.days.actions.organising import *
from alliage.hub.days.actions.registering import *
from alliage.hub.ui import day as days
from django.core import mail as m
@pytest.mark.django_db
def test_x():
    now = days.now()
    tour = create_tour(TourTold("Offre 2027","Offer 2027"), by=None, at=now)
    s = at_time((now+timedelta(days=60)).date(), time(9)); e = at_time((now+timedelta(days=60)).date(), time(16))
    d = create_day(tour, DayTold("qc-r02","Saguenay","Hôtel",s,e,1), like=None, by=None, at=now)
    save_session(d.pk, SessionTold("agency", time(9), time(10), title_fr="x", title_en="x", room="A"), session_id=None, by=None, at=now)
    open_day(d.pk, by=None, at=now)
    a = register(d.slug, wish=Wish("a@x.org","A"), at=now)
    b = register(d.slug, wish=Wish("b@x.org","B"), at=now)
    assert (a.state,b.state)==("confirmed","waiting")
    print(notices.send_due(at=now))
    withdraw(a.pk, at=now)
    b.refresh_from_db(); assert b.state=="offered"
    print(notices.send_due(at=now))
    for x in m.outbox: print(x.subject, "\n", x.body, x.attachments)
    assert 0
