"""Reading on many machines: a Dask cluster behind the same executor as the processes of this one.

The cluster's processes are ours: they run this very Earmark, and each has a limited process below
it that reads, as here. What a document does to that one costs a line; a cluster process that dies
takes its batch to another.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from functools import cache, partial
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from earmark.crew import Answers, BatchLostError, Crew, LocalCrew
from earmark.limits import Limits, usual_limits
from earmark.outcome import IngestOptions
from earmark.reader import ReadWith
from earmark.versions import current_versions
from earmark.worker import Worker
from records.document import Capture
from records.errors import EarmarkError, ExtraMissingError, ReadingProcessError, SettingsError

if TYPE_CHECKING:
    from distributed import Client

SCHEME = "dask://"
CONNECT_SECONDS = 10
# A cluster's process keeps nothing, so the library of its database does not matter.
_MAY_DIFFER = frozenset({"sqlite"})
_INSTALL = "Install the same Earmark, and the same rules, on every machine of the cluster."


def crew_of(options: IngestOptions, worker: Worker, reading: ReadWith) -> Crew:
    """Return who is to read: a cluster, or `worker` and so many more as are asked for.

    Raises:
        SettingsError: What is asked for is no cluster's address.
        ExtraMissingError: Dask is not installed.
        ReadingProcessError: The cluster cannot be joined.
    """
    if options.workers is not None:
        return DaskCrew(options.workers, reading, usual_limits(os.environ))
    return LocalCrew([worker, *(Worker(reading=reading) for _ in range(options.jobs - 1))])


class DaskCrew:
    """The processes of a Dask cluster.

    Batches are large enough that handing one over costs little beside reading it, and small enough
    that a few seconds of work are lost with a process.
    """

    documents = 32
    content = 1024 * 1024

    def __init__(self, address: str, reading: ReadWith, limits: Limits) -> None:
        """Join the cluster at `dask://HOST:PORT`.

        Raises:
            SettingsError: It is no such address.
            ExtraMissingError: Dask is not installed.
            ReadingProcessError: No scheduler answers there, or it has no processes.
        """
        self._address = address
        self._client = _client(address)
        self._executor = self._client.get_executor(pure=False)
        self._asked = reading, limits, current_versions(reading)
        if not self.slots:
            self.close(broken=True)
            raise ReadingProcessError(
                f"{address}: the scheduler has no processes to read with. Nothing was read. "
                f"Start some (dask worker {address.removeprefix(SCHEME)}), then try again."
            )

    @property
    def slots(self) -> int:
        """As many as the cluster has threads now; more may join while it works."""
        return sum(self._client.nthreads().values())

    def submit(self, batch: Sequence[Capture]) -> Future[Answers]:
        """Have a batch read by any process of the cluster."""
        answer: Future[Answers] = Future()
        try:
            asked = self._executor.submit(read_batch, list(batch), *self._asked)
        except import_module("distributed.client").ClosedClientError as error:
            raise self._gone() from error
        asked.add_done_callback(partial(self._pass_on, answer))
        return answer

    def close(self, *, broken: bool) -> None:
        """Leave the cluster, which forgets what is under way."""
        self._client.close()

    def _pass_on(self, answer: Future[Answers], asked: Future[Answers]) -> None:
        """Answer in our own words for what went wrong."""
        killed = import_module("distributed").KilledWorker
        try:
            answer.set_result(asked.result())
        except killed as error:
            answer.set_exception(BatchLostError(str(error)))
        except CancelledError:
            answer.set_exception(self._gone())
        except EarmarkError as error:
            answer.set_exception(error)
        except Exception as error:  # noqa: BLE001 - whatever it was, the user must hear of it
            answer.set_exception(
                ReadingProcessError(
                    f"{self._address}: a process of the cluster could not read "
                    f"({type(error).__name__}: {error}). {_INSTALL}"
                )
            )

    def _gone(self) -> ReadingProcessError:
        return ReadingProcessError(
            f"{self._address}: the scheduler went away. Every source with a line above is stored; "
            "run the same command again to go on."
        )


def _client(address: str) -> Client:
    """Connect to a scheduler; its library says nothing on its own."""
    place = address.removeprefix(SCHEME)
    host, _, port = place.rpartition(":")
    if not address.startswith(SCHEME) or not host or not port.isdecimal():
        raise SettingsError(
            f"--workers: {address!r} is no cluster; give the scheduler's address as "
            f"{SCHEME}HOST:PORT"
        )
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(
            'A cluster needs an extra: pip install "earmark[dask]". '
            "--jobs N reads with N processes of this machine now."
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(f"tcp://{place}", timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ReadingProcessError(
            f"{address}: no scheduler answers ({error}). Nothing was read. "
            f"Start one (dask scheduler --port {port}), or check the address."
        ) from error


def read_batch(
    batch: Sequence[Capture], reading: ReadWith, limits: Limits, versions: Mapping[str, str]
) -> Answers:
    """Read captures in a process of the cluster.

    Raises:
        ReadingProcessError: This process would read them otherwise than the one that asks.
    """
    require_same(versions, _versions(reading))
    free = _free_workers(reading, limits)
    try:
        worker = free.get_nowait()
    except Empty:
        worker = Worker(limits, reading)
    try:
        return [worker.derive(capture) for capture in batch]
    finally:
        free.put(worker)


@cache
def _versions(reading: ReadWith) -> Mapping[str, str]:
    """Return what this process reads with, which stays the same once it is loaded."""
    return current_versions(reading)


@cache
def _free_workers(reading: ReadWith, limits: Limits) -> SimpleQueue[Worker]:
    """Reading processes below this one; as many as it has threads, and they end with it."""
    return SimpleQueue()


def require_same(asked: Mapping[str, str], here: Mapping[str, str]) -> None:
    """Refuse to read with other readers or rules than are asked for.

    Raises:
        ReadingProcessError: They differ; the message names what does.
    """
    other = [
        f"{name} {here.get(name, 'none')} there, {version} here"
        for name, version in asked.items()
        if name not in _MAY_DIFFER and here.get(name) != version
    ]
    if other:
        raise ReadingProcessError(
            f"A process of the cluster would read otherwise: {'; '.join(other)}. {_INSTALL}"
        )
