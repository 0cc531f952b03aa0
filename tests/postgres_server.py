"""A PostgreSQL server of the tests' own: made in a temporary folder, gone with the run, however it ends.

The server belongs to a *keeper*, a process that waits for the end of its standard input: when the tests
end, or are killed, it stops the server and removes the folder.  Should the keeper itself be killed, the
kernel tells the server; its folder is then removed by the next run.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import psycopg
from psycopg import sql

ADDRESS: Final = "FUJISAWA_TEST_SERVER"
"""Where the workers of a run find the server that its first process started."""
ADMIN: Final = "postgres"
ADMIN_PASSWORD: Final = "管理者の合言葉 1"  # noqa: S105 - of a server that lives for one run
PREFIX: Final = "fujisawa-postgres-"
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
_ENOUGH: Final = 2 * 1024**3
"""Bytes free in memory with which the server is kept there: a copy of a database takes 30 ms, not 300."""
_FOUND_IN: Final = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_LEAST: Final = 13
_PATIENCE: Final = 60
"""Seconds for the server to start or to stop."""
_SETTINGS: Final = {
    # What a test leaves need not outlive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "dynamic_shared_memory_type": "mmap",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "warning",
    "logging_collector": "off",
}
_ACCESS: Final = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


class NoServerError(RuntimeError):
    """PostgreSQL cannot be had here; the run on it must not pass for a good one."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        folder: of its socket; whoever reaches it is trusted.
        port: on 127.0.0.1, where a password is asked for (and the number of the socket).
    """

    folder: Path
    port: int

    def address(self, database: str, *, user: str = ADMIN) -> str:
        """Return the address of a database by the socket, where no password is asked for."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}&port={self.port}"

    def guarded_address(self, database: str, *, user: str = ADMIN, password: str | None = None) -> str:
        """Return the address by 127.0.0.1, where the password is asked for as an office's server does."""
        word = "" if password is None else f":{_quoted(password)}"
        return f"postgresql+psycopg://{user}{word}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def connected(self, database: str = "postgres") -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Connect as the administrator; every statement counts at once."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user=ADMIN, dbname=database, autocommit=True
        ) as connection:
            yield connection

    def create(self, name: str, *, template: str | None = None) -> None:
        """Make a database as the guide tells the administrator to, or as a copy of another."""
        options = (
            sql.SQL("TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template))
            if template
            else sql.SQL("TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
        )
        with self.connected() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} ").format(sql.Identifier(name)) + options)

    def drop(self, *names: str) -> None:
        """Drop databases, whoever is still in them."""
        with self.connected() as connection:
            for name in names:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


def server_of_this_run() -> Server:
    """Return the server that the run's first process started.

    Raises:
        NoServerError: it started none.
    """
    found = os.environ.get(ADDRESS)
    if not found:
        raise NoServerError("no PostgreSQL server was started for this run")
    folder, _, port = found.rpartition(":")
    return Server(Path(folder), int(port))


class Keeper:
    """The process that owns the server, seen from the run that needs it."""

    def __init__(self) -> None:
        remove_what_others_left()
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C is for the tests; the server outlives their last word
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line.startswith("ready "):
            self._process.wait(_PATIENCE)
            raise NoServerError(line or "the keeper of the PostgreSQL server ended without a word")
        folder, _, port = line.removeprefix("ready ").rpartition(":")
        self.server = Server(Path(folder), int(port))

    @property
    def pid(self) -> int:
        """The process of the keeper."""
        return self._process.pid

    def go_down(self) -> None:
        """Stop the server for a while; its data stays."""
        self._order("down")

    def come_up(self) -> None:
        """Start it again."""
        self._order("up")

    def _order(self, order: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{order}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == order

    def stop(self) -> None:
        """Stop the server and wait until its folder is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def programs() -> Path:
    """Return the folder of the server's programs.

    Raises:
        NoServerError: PostgreSQL is not installed.
    """
    found = [path for pattern in _FOUND_IN for path in Path("/").glob(pattern.lstrip("/"))]
    if installed := shutil.which("postgres"):
        found.append(Path(installed).resolve().parent)
    whole = [path for path in found if (path / "initdb").exists() and (path / "postgres").exists()]
    if not whole:
        raise NoServerError("PostgreSQL is not installed (run make setup): postgresql-15 or newer is needed")
    return max(whole, key=_version)


def _version(folder: Path) -> int:
    text = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    version = int(text.stdout.split()[2].split(".")[0])
    return version if version >= _LEAST else 0


def remove_what_others_left() -> None:
    """Remove the folders of runs whose keeper is gone."""
    places = {Path(tempfile.gettempdir()), _MEMORY}
    for folder in [found for place in places for found in place.glob(f"{PREFIX}*")]:
        try:
            keeper = int((folder / "keeper").read_text())
        except (OSError, ValueError):
            continue  # being made just now, or not ours to read
        if not Path(f"/proc/{keeper}").exists():
            _stop_postmaster(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _stop_postmaster(folder: Path) -> None:
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        if Path(f"/proc/{pid}/cmdline").read_bytes().find(str(folder).encode()) >= 0:
            os.kill(pid, signal.SIGQUIT)
            _wait_until(lambda: not Path(f"/proc/{pid}").exists())
    except (OSError, ValueError, IndexError):
        return


# --- the keeper -----------------------------------------------------------------


def keep() -> int:
    """Own a server until the standard input ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_roomy_place()))
    server: subprocess.Popen[bytes] | None = None
    try:
        (folder / "keeper").write_text(str(os.getpid()))
        port = _free_port()
        _make(folder)
        server = _start(folder, port)
        _say(f"ready {folder}:{port}")
        for order in sys.stdin:
            if order.strip() == "down":
                _stop(server)
            else:
                server = _start(folder, port)
            _say(order.strip())
    except NoServerError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _roomy_place() -> Path | None:
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        return _MEMORY
    return None


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


def _make(folder: Path) -> None:
    where, data, become = programs(), folder / "data", _as_somebody_else(folder)
    word = folder / "word"
    word.write_text(ADMIN_PASSWORD)
    word.chmod(0o644)
    command = [
        *become,
        where / "initdb",
        "-D",
        data,
        "-U",
        ADMIN,
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
    ]
    command += ["--auth=scram-sha-256", f"--pwfile={word}"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    word.unlink()
    if made.returncode:
        raise NoServerError(f"initdb failed: {' '.join(made.stderr.split())}")
    (data / "pg_hba.conf").write_text(_ACCESS)


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    where, data, become = programs(), folder / "data", _as_somebody_else(folder)
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    settings += ["-c", f"unix_socket_directories={folder}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*become, *_told_when_we_die(), where / "postgres", "-D", data, "-p", str(port), *settings],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            cwd=folder,
        )
    handle = Server(folder, port)
    if not _wait_until(lambda: server.poll() is not None or _answers(handle)) or server.poll() is not None:
        server.kill()
        raise NoServerError(f"postgres did not start: {(folder / 'log').read_text()[-500:]}")
    return server


def _as_somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: return what runs a command as an account without rights."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, account.pw_uid, account.pw_gid)
        folder.chmod(0o755)
        return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    raise NoServerError("PostgreSQL refuses to run as root, and there is no account 'postgres' or 'nobody'")


def _told_when_we_die() -> list[str]:
    return ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else []


def _answers(server: Server) -> bool:
    try:
        with server.connected():
            return True
    except psycopg.OperationalError:
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until(done: Any) -> bool:
    until = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _quoted(password: str) -> str:
    return "".join(f"%{byte:02X}" for byte in password.encode())


if __name__ == "__main__":
    sys.exit(keep())
