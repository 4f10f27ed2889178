"""Logging in and out, and who one is."""

from web import answers
from web.guard import Answer, Guard, Handlers, Passage, Request
from web.schemas import LogIn, Nothing


def handlers(guard: Guard) -> Handlers:
    handlers = Handlers()

    @handlers.door("session.login")
    def log_in(request: Request[LogIn]) -> Answer:
        passage, headers = guard.log_in(request.body.name, request.body.password, request)
        return Answer(_me(passage), headers=headers)

    @handlers.door("session.logout")
    def log_out(request: Request[Nothing]) -> Answer:
        return Answer(answers.Done(True), headers=guard.log_out(request))

    @handlers.door("session.me")
    def me(request: Request[Nothing]) -> Answer:
        return Answer(_me(Passage(request.actor, request.session)))

    return handlers


def _me(passage: Passage) -> answers.Me:
    actor, session = passage.actor, passage.session
    return answers.Me(
        kind=actor.kind,
        id=actor.id,
        name=session.staff.name if session else None,
        hall=min(actor.halls) if actor.halls else None,
        counter=actor.counter,
        csrf=session.csrf if session else None,
        ends_at=session.ends_at.isoformat() if session else None,
    )
