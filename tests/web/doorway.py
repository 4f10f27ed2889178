"""A small hub behind the real guard: real accounts on a real database, handlers that only say who came."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import api.session
from config.reach import Reach
from hall.model import Refused
from hub import Steady
from service.permissions import PERMISSIONS
from store.accounts import Accounts, DeviceRole
from store.database import Database, StoreUnavailable
from store.engine import open_store
from web.doors import Answer, Answered, Request
from web.guard import Guard, GuardSettings
from web.openapi import describe
from web.schemas import Body, Issue

DOORS = PERMISSIONS.doors
HALL, ELSEWHERE = "thach-ha", "can-loc"
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=7)))
PASSWORD = "mot-cua-2026"  # the officer's own
REACH = Reach(8000, frozenset({"localhost"}))
SETTINGS = GuardSettings(frozenset({HALL, ELSEWHERE}), REACH.answers, REACH.ours)


class Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    @property
    def steady(self) -> Steady:
        """Time passes on it by nothing but this clock."""
        return Steady(self._seconds)

    def _seconds(self) -> float:
        return self.now.timestamp()


@dataclass
class Doorway:
    app: Flask
    guard: Guard
    accounts: Accounts
    clock: Clock
    database: Database
    came: list[Request[Body]]
    hasty: list[str]

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def token(self, role: DeviceRole, *, hall: str = HALL, counter: str | None = None) -> str:
        return self.accounts.create_device(role, hall, role, counter, now=self.clock())[1]

    def officer(self, name: str = "lan") -> None:
        self.accounts.add_staff(name, "staff", PASSWORD, now=self.clock())

    def ask(self, path: str, *, token: str, key: str | None = "k1", data: bytes = b"{}") -> TestResponse:
        """A device posts."""
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        return self.client().post(f"/api/v1{path}", data=data, headers=headers)


def stand_ins(came: list[Request[Body]]) -> list[Answered]:
    """A handler for every door which the product's own modules here do not open."""

    def say(request: Request[Body]) -> Answer:
        came.append(request)
        return Answer({"by": request.actor.id})

    def issue(request: Request[Issue]) -> Answer:
        if request.body.procedure == "FULL":
            raise StoreUnavailable("disk full")
        if request.body.procedure == "CLOSED":
            raise Refused("hall_closed")
        came.append(request)
        return Answer({"procedure": request.body.procedure}, 201)

    def health(request: Request[Body]) -> Answer:
        return Answer(b'{"status":"ok"}')

    def openapi(request: Request[Body]) -> Answer:
        return Answer(describe("0.1", tuple(DOORS.values())))

    def broken(request: Request[Body]) -> Answer:
        raise ValueError("a fault of ours")

    told = {"tickets.issue": issue, "health": health, "openapi": openapi, "queues": broken}
    ours = {door.name for door in api.session.doors.declared}
    return [(door, told.get(name, say)) for name, door in DOORS.items() if door.is_api and name not in ours]


@contextmanager
def doorway(
    directory: Path, *, limits: bool = False, throttle: bool = True, secure: bool = False
) -> Iterator[Doorway]:
    database = open_store(directory, lock=False)
    clock, came, hasty = Clock(), list[Request[Body]](), list[str]()
    with ThreadPoolExecutor(1) as pool:
        accounts = Accounts(database, pool, throttle=throttle)
        settings = replace(SETTINGS, limits=limits, secure=secure, kiosk_tickets={HALL: 30})
        guard = Guard(accounts, settings, PERMISSIONS, clock, lambda actor: hasty.append(actor.id))
        app = Flask("doorway", static_folder=None)
        guard.install(app, stand_ins(came), api.session.doors.answered(guard))
        try:
            yield Doorway(app, guard, accounts, clock, database, came, hasty)
        finally:
            database.close()
