"""Officers come and go: their sessions, and the browsers they are known by."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import flask
from werkzeug.http import dump_cookie

from hall import actors
from hall.model import Refused
from store.accounts import LONGEST, Accounts, Session
from store.log_ins import Tries
from web.doors import Request
from web.schemas import Body

log, refused_log = logging.getLogger("web"), logging.getLogger("web.refused")

KNOWN_FOR = timedelta(days=180)
PLAIN, UNDER_TLS = "motcua", "__Host-motcua"


class People:
    """`clock` gives aware times; `secure`: served over TLS, and perhaps to the hall's own network without."""

    def __init__(self, accounts: Accounts, clock: Callable[[], datetime], *, secure: bool) -> None:
        self._accounts = accounts
        self._clock = clock
        self._secure = secure

    def shown(self) -> str | None:
        """The session's id that this request shows."""
        return flask.request.cookies.get(self._cookie())

    def log_in(self, name: str, password: str, request: Request[Body]) -> tuple[Session, list[str]]:
        """A new session and the cookie that it sets: one alone, programs read no more from this answer.
        Refuses `login_failed`, `rate_limited`."""
        by, before = self.browser(), request.session
        if by is None:  # whoever is in is no stranger
            by = Tries(f"session:{before.mark}", before.staff.id) if before else Tries(request.address)
        try:
            session_id, session = self._accounts.log_in(
                name, password, by, ending=request.cookie, now=self._clock()
            )
        except Refused as refused:
            refused_log.warning("log-in from %s: %s", request.address, refused.code)
            raise
        log.info("log-in from %s: %s", request.address, actors.officer(session.staff.id).id)
        return session, [self._set(self._cookie(), session_id, LONGEST)]

    def keeps_known(self, session: Session | None) -> list[str]:
        """The cookie by which an officer's browser is known from now on; none where it is."""
        browser = self.browser()
        if session is None or (browser and browser.officer == session.staff.id):
            return []
        return [self._set(f"{self._cookie()}-known", self._accounts.known_by(session), KNOWN_FOR)]

    def log_out(self, request: Request[Body]) -> list[str]:
        """The session is over at once; the cookie that takes its own back. The browser stays known."""
        if request.cookie:
            self._accounts.log_out(request.cookie)
        return [*self.keeps_known(request.session), self._set(self._cookie(), "", timedelta(0))]

    def browser(self) -> Tries | None:
        """As what a browser is counted from which somebody of ours has logged in before."""
        return self._accounts.browser(flask.request.cookies.get(f"{self._cookie()}-known"))

    def _cookie(self) -> str:
        """The name of the cookie of who asks. Without TLS a browser keeps none of TLS: whoever opens the hub
        on the hall's own network has another, which no page under TLS takes."""
        headers, cookies = flask.request.headers, flask.request.cookies
        if not self._secure:
            return PLAIN
        if "Sec-Fetch-Site" in headers:  # browsers say it under TLS only
            return UNDER_TLS
        if origin := headers.get("Origin"):
            return PLAIN if origin.lower().startswith("http://") else UNDER_TLS
        return PLAIN if PLAIN in cookies and UNDER_TLS not in cookies else UNDER_TLS

    @staticmethod
    def _set(name: str, value: str, lasts: timedelta) -> str:
        secure = name.startswith(UNDER_TLS)
        return dump_cookie(name, value, max_age=lasts, secure=secure, httponly=True, samesite="Strict")
