"""Addresses of the finder. None of them ever holds an answer."""

from __future__ import annotations

from django.urls import path

from alliage.hub.finder.views import (
    alerts,
    calendars,
    files,
    form,
    milestones,
    plan,
    project_files,
    questions,
    results,
    sharing,
    start,
)

app_name = "finder"
urlpatterns = [
    path("", start.start, name="home"),
    path("trouver/", start.start, name="start"),
    path("trouver/recommencer/", sharing.forget, name="forget"),
    path("trouver/question/", questions.following, name="next"),
    path("trouver/question/<str:name>/", questions.question, name="question"),
    path("trouver/questions/", form.questions, name="questions"),
    path("trouver/questions/<slug:group>/", form.page, name="page"),
    path("trouver/resultats/", results.results, name="results"),
    path("trouver/resultats/<str:id_>/", results.receipt, name="receipt"),
    path("trouver/reponses/", results.answers, name="answers"),
    path("trouver/filtrer/", results.narrow, name="narrow"),
    path("trouver/en-vue/", results.out_of_view, name="out-of-view"),
    path("trouver/fermes/", results.shut, name="shut"),
    path("trouver/refus/", results.refused, name="refused"),
    path("trouver/a-portee/", results.reach, name="reach"),
    path("trouver/comparer/", results.compare, name="compare"),
    path("trouver/imprimer/", results.to_print, name="print"),
    path("trouver/plan/", plan.plan, name="plan"),
    path("trouver/plan/preferences/", plan.prefer, name="plan-prefer"),
    path("trouver/plan/choisir/", plan.choose, name="plan-choose"),
    path("trouver/plan/pourquoi/", plan.whys, name="plan-whys"),
    path("trouver/plan/et-si/", plan.what_if, name="plan-what-if"),
    path("trouver/plan/papier/", plan.paper, name="plan-paper"),
    path("trouver/enregistrer/", files.save, name="save"),
    path("trouver/ouvrir/", files.reopen, name="open"),
    path("trouver/partager/", sharing.share, name="share"),
    path("dossiers/", project_files.project_files, name="project-files"),
    path("dossiers/<str:id_>/", project_files.project_file, name="project-file"),
    path("dossiers/<str:id_>/alliage.yaml", project_files.project_file_yaml, name="project-file-yaml"),
    path("alertes/", alerts.alerts, name="alerts"),
    path("alertes/suivre/", alerts.follow, name="follow"),
    path("alertes/arreter/<str:token>/", alerts.stop, name="alerts-stop"),
    path("dossiers/calendrier/<str:token>/", calendars.file_calendar, name="file-calendar"),
    path("dossiers/calendrier/<str:token>/fil.xml", calendars.file_feed, name="file-feed"),
    path("dossiers/<str:id_>/demarches/", milestones.milestones, name="milestones"),
    path("nouveautes/echeances.ics", calendars.calendar, name="calendar"),
    path("p/", sharing.unknown_link, name="no-link"),
    path("p/<str:token>/", sharing.shared, name="shared"),
    path("p/<str:token>/supprimer/", sharing.unshare, name="unshare"),
]
