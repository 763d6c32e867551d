"""Whom to call about a programme."""

from __future__ import annotations

from alliage.core.catalogue.programme import Programme
from alliage.hub.programmes.queries.speaking import Plain, Speech


def contact(programme: Programme, *, speech: Speech) -> Plain:
    """The office to call and the official page; a page in the other language only is said to be so."""
    contact, urls = programme.document.get("contact", {}), programme.document["url"]
    own = urls.get(speech.lang)
    url = own or next((url for url in urls.values() if url), None)
    return {
        "phone": contact.get("phone", ""),
        "email": contact.get("email", ""),
        "note": speech.text(contact["note"]) if contact.get("note") else "",
        "page": url or programme.provider.url or "",
        "office": "" if contact or url or programme.provider.url else speech.text(programme.provider.name),
        "other_language": next(iter(urls)) if url and not own else "",
    }


def contact_of(id_: str, *, speech: Speech) -> Plain:
    """The same by the id of a programme; nothing if it is not in the catalogue."""
    programme = speech.catalogue.programmes.get(id_)
    return contact(programme, speech=speech) if programme else {}
