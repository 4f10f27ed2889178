"""The socket that the hub listens at, and who holds its port where it cannot be had."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

BACKLOG = 1024
PROC = Path("/proc")
LISTENS = "0A"  # the state of a socket, as /proc/net/tcp writes it


def listener(host: str, port: int) -> socket.socket:
    """A listening socket; accepted ones inherit TCP_NODELAY. OSError where the address cannot be had."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def holder(port: int) -> str | None:
    """The program that listens at a port of this machine: `nginx, process 812`. None: it is another user's,
    or cannot be told here."""
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    for process in PROC.glob("[0-9]*"):
        with suppress(OSError):
            if any(str(file.readlink()) in sockets for file in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()}, process {process.name}"
    return None


def _listening(port: int) -> Iterator[str]:
    """The inodes of the sockets that listen at a port."""
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (PROC / "net" / table).read_text().splitlines()[1:]:
                _slot, local, _remote, state, *_rest, inode = line.split()[:10]
                if state == LISTENS and int(local.rpartition(":")[2], 16) == port:
                    yield inode
