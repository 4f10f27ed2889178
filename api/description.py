"""The description of the API, made once."""

from web.guard import Answer, Handlers, Request
from web.openapi import describe
from web.schemas import Nothing


def handlers(version: str) -> Handlers:
    handlers = Handlers()
    document = describe(version)

    @handlers.door("openapi")
    def openapi(_request: Request[Nothing]) -> Answer:
        return Answer(document)

    return handlers
