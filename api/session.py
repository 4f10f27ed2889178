"""Logging in and out, and who one is."""

from hall.actors import officer
from web import answers
from web.doors import Answer, Doors, Request
from web.guard import Guard, Identity
from web.permissions import API, EVERYBODY, KNOWN, PEOPLE, READ, Door
from web.schemas import LogIn, Nothing

doors = Doors[Guard]()


@doors.door(
    Door(
        "session.login",
        "POST",
        f"{API}/login",
        EVERYBODY,
        "An officer logs in; the answer sets the session cookie",
        rate="30 per minute",
        body=LogIn,
        answer=answers.Me,
        csrf=False,
        refusals=("login_failed",),
    )
)
def log_in(guard: Guard, request: Request[LogIn]) -> Answer:
    session, cookies = guard.people.log_in(request.body.name, request.body.password, request)
    entered = Identity(officer(session.staff.id, session.staff.role), session)
    return Answer(_me(entered), cookies=cookies)


@doors.door(
    Door("session.logout", "POST", f"{API}/logout", PEOPLE, "The session ends", answer=answers.LoggedOut)
)
def log_out(guard: Guard, request: Request[Nothing]) -> Answer:
    return Answer(answers.LoggedOut(True), cookies=guard.people.log_out(request))


@doors.door(Door("session.me", "GET", f"{API}/me", KNOWN, "Who is asking", READ, answer=answers.Me))
def me(guard: Guard, request: Request[Nothing]) -> Answer:
    known = guard.people.keeps_known(request.session)
    return Answer(_me(Identity(request.actor, request.session)), cookies=known)


def _me(identity: Identity) -> answers.Me:
    actor, session = identity.actor, identity.session
    return answers.Me(
        kind=actor.kind,
        id=actor.id,
        name=session.staff.name if session else None,
        hall=min(actor.halls) if actor.halls else None,
        counter=actor.counter,
        csrf=session.csrf if session else None,
        ends_at=session.ends_at.isoformat() if session else None,
    )
