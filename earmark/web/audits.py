"""Audits of the store that this server was asked for, each in a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock, Thread

from earmark.web.stores import Stores
from records.errors import EarmarkError
from store.audit.report import AuditReport

MOST = 20
"""Audits that are remembered."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit.

    Attributes:
        id: `a1`, in this server.
        started: UTC.
        ended: UTC; None while it goes on.
        report: What it says; None while it goes on, or when it could not be done.
        problem: Why it could not be done; None otherwise.
    """

    id: str
    started: datetime
    ended: datetime | None = None
    report: AuditReport | None = None
    problem: str | None = None


class Audits:
    """Starts audits, one at a time, and remembers the last ones."""

    def __init__(self, stores: Stores) -> None:
        """Audit what `stores` reads."""
        self._stores = stores
        self._lock = Lock()
        self._all: dict[str, Audit] = {}
        self._number = 0
        self.threads: list[Thread] = []

    def all(self) -> Sequence[Audit]:
        """Return those that are remembered, the latest first."""
        with self._lock:
            return tuple(reversed(self._all.values()))

    def start(self) -> Audit:
        """Start an audit, or return the one that goes on."""
        with self._lock:
            for one in self._all.values():
                if one.ended is None:
                    return one
            self._number += 1
            audit = Audit(f"a{self._number}", datetime.now(UTC))
            self._all[audit.id] = audit
            while len(self._all) > MOST:
                del self._all[next(iter(self._all))]
            self.threads = [one for one in self.threads if one.is_alive()]
            thread = Thread(target=self._run, args=(audit,), daemon=True)
            self.threads.append(thread)
        thread.start()
        return audit

    def _run(self, audit: Audit) -> None:
        report, problem = None, None
        try:
            with self._stores.auditing() as store:
                report = store.audit()
        except EarmarkError as error:
            problem = f"{error} [{error.code}]"
        except Exception as error:  # noqa: BLE001 - whoever waits for it is told
            problem = f"{type(error).__name__} [internal]"
        ended = replace(audit, ended=datetime.now(UTC), report=report, problem=problem)
        with self._lock:
            self._all[audit.id] = ended
