"""Pages that went out, or did not: for managers, who can send them again; and phones that want to be told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.domain.room import PageStatus, Subscription
from assistant.errors import InvalidInput
from assistant.server.room_lines import page_line
from assistant.server.room_schemas import (
    PageLine,
    PagesAnswer,
    PushKeyAnswer,
    SubscribedAnswer,
    SubscribeRequest,
)
from assistant.server.routes.parts import TheImprov

router = APIRouter(prefix="/api", tags=["pages"])


@router.get("/pages")
def pages(
    improv: TheImprov, status: PageStatus | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> PagesAnswer:
    """Pages, newest first; `status=dead` lists those that were given up."""
    return PagesAnswer(pages=[page_line(one) for one in improv.pages.listed(status, limit)])


@router.post("/pages/{page}/resend")
def resend(page: int, improv: TheImprov) -> PageLine:
    """Send a page again that was given up, or dropped because its room had closed."""
    return page_line(improv.pages.resend(page, improv.clock()))


@router.get("/push/key")
def push_key(improv: TheImprov) -> PushKeyAnswer:
    """What a browser subscribes with; empty where no push service is allowed (IMPROV_PUSH_HOSTS)."""
    return PushKeyAnswer(key=improv.push_keys.public if improv.settings.push_services else "")


@router.post("/push/subscriptions")
def subscribe(body: SubscribeRequest, improv: TheImprov) -> SubscribedAnswer:
    """Tell this phone from now on when the role is called; the same phone again takes the new role."""
    from assistant.paging.push import check_subscription

    site, given = improv.site(body.site), body.subscription
    if body.role not in improv.rooms.roles(site):
        raise InvalidInput(f"nobody is called {body.role!r} at {site.id}; choose a role of the room")
    id_ = check_subscription(given.endpoint, given.keys.p256dh, given.keys.auth, improv.settings.push_services)
    improv.pages.subscribe(
        Subscription(id_, site.id, body.role, body.lang, given.endpoint, given.keys.p256dh, given.keys.auth)
    )
    return SubscribedAnswer(id=id_)


@router.delete("/push/subscriptions/{subscription}")
def unsubscribe(subscription: Annotated[str, Path(max_length=64)], improv: TheImprov) -> SubscribedAnswer:
    """Tell this phone no more."""
    improv.pages.unsubscribe(subscription)
    return SubscribedAnswer(id=subscription)
