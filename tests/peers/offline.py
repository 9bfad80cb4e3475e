"""Nothing that runs here may reach another machine: an address that is looked up or connected to ends the run."""

import socket
import sys


def _refuse(event: str, args: tuple) -> None:
    if event == "socket.getaddrinfo":
        raise RuntimeError(f"looked up {args[0]!r}")
    if event in ("socket.connect", "socket.sendto") and args[0].family != socket.AF_UNIX:
        raise RuntimeError(f"connected to {args[1]!r}")


sys.addaudithook(_refuse)
