"""Address of a Dask scheduler → a client connected to it, or in a few seconds the reason why there is none.

Dask's own client waits long for what does not answer, longer for what is no scheduler, and ends in errors of every
kind: so the address is read, the port knocked on and the handshake tried before it is asked.
"""

from __future__ import annotations

import logging
import re
import socket
import warnings
from importlib.util import find_spec
from typing import Any

from letters.errors import N_, MachineError, Problem, UsageError

PATIENCE = 20
"""Seconds to wait for an answer of the scheduler, of its first worker, and of each worker that is asked."""
CLOSING = 2
"""Seconds to wait for the scheduler to hear that we leave."""
ADDRESS = re.compile(r"(?:(?P<scheme>tcp|tls)://)?(?P<host>\[[0-9A-Fa-f:.]+\]|[\w.-]+):(?P<port>\d{1,5})/?")
LAST_PORT = 65535
CERTIFICATE = tuple(f"DASK_DISTRIBUTED__COMM__TLS__{name}" for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"))
"""Variables by which Dask learns which files a client's encrypted connection needs."""


def connect(address: str) -> Any:
    """Return a Dask client of the scheduler at `address`.

    Raises UsageError for what is no address, MachineError when Dask is not installed or nothing usable answers.
    """
    encrypted, host, port = read_address(address)
    if find_spec("distributed") is None:
        raise MachineError(_missing_package())
    try:
        socket.create_connection((host, port), PATIENCE / 4).close()
    except OSError as error:
        raise MachineError(unreachable(address, error)) from error
    return _client(address, encrypted=encrypted)


def read_address(address: str) -> tuple[bool, str, int]:
    """Return whether the connection is to be encrypted, the host and the port; raises UsageError for other texts."""
    match = ADDRESS.fullmatch(address)
    if match is None or not 0 < int(match["port"]) <= LAST_PORT:
        raise UsageError(_no_address(address))
    return match["scheme"] == "tls", match["host"].strip("[]"), int(match["port"])


def _client(address: str, *, encrypted: bool) -> Any:
    import asyncio  # as dear as Dask's own modules, and as seldom needed

    from distributed import Client
    from distributed.security import Security

    _be_silent()
    make: Any = Client  # Dask carries few types
    make_security: Any = Security
    security = make_security()
    arguments = security.get_connection_args("client")
    if encrypted and arguments["ssl_context"] is None:
        raise MachineError(_no_certificate(address))
    try:
        asyncio.run(_knock(address, arguments))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Dask's versions; ours are compared
            return make(address, timeout=PATIENCE, set_as_default=False, security=security)
    except Exception as error:  # noqa: BLE001 - whatever answers there, Dask raises what its parts raise
        raise MachineError(unreachable(address, error)) from error


async def _knock(address: str, arguments: dict[str, Any]) -> None:
    """Try Dask's handshake, for so long and no longer."""
    import asyncio

    from distributed.comm.core import connect as shake_hands

    handshake: Any = shake_hands
    comm = await asyncio.wait_for(handshake(address, timeout=PATIENCE / 2, **arguments), PATIENCE / 2)
    await comm.close()


def _be_silent() -> None:
    """Keep Dask from writing to the terminal: what matters of it is told as a problem."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def close(client: Any) -> None:
    """Leave the cluster, whether or not it still hears us."""
    try:
        client.close(timeout=CLOSING)
    except Exception:  # noqa: BLE001 - a scheduler that is gone need not be told
        client.status = "closed"  # else it tries once more, and longer, when Python ends


# -- what there is to mend -----------------------------------------------------------------------------


def _missing_package() -> Problem:
    return Problem(
        "batch.cluster-package",
        N_("The cluster cannot be used: Dask is not installed here."),
        N_("Install it with: {command}"),
        params={"command": "pip install 'letters[cluster]'"},
    )


def _no_address(address: str) -> Problem:
    return Problem(
        "batch.cluster-address",
        N_("“{address}” is not the address of a Dask scheduler."),
        N_("Write it as dask scheduler shows it when it starts: tcp://host:8786 or tls://host:8786."),
        params={"address": address},
    )


def _no_certificate(address: str) -> Problem:
    return Problem(
        "batch.cluster-certificate",
        N_("{address} asks for an encrypted connection, but Dask has no certificate here."),
        N_("Name its files in {names}, as on the scheduler; no number has been used."),
        params={"address": address, "names": ", ".join(CERTIFICATE)},
    )


def unreachable(address: str, error: Exception) -> Problem:
    """Return the problem that no scheduler answers at `address`."""
    return Problem(
        "batch.cluster-unreachable",
        N_("No Dask scheduler answers at {address} ({reason})."),
        N_("Start it with dask scheduler, correct the address, or leave --cluster out; no number has been used."),
        params={"address": address, "reason": str(error) or type(error).__name__},
    )
