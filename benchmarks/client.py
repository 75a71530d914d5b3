"""A client that costs next to nothing: bytes over a socket, one connection a request as the server wants it."""

import socket
import time
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.processes import HOST

PATIENCE = 60


class Answer(NamedTuple):
    status: int
    head: str
    body: bytes
    seconds: float


class Unexpected(Exception):
    """The server answered with another status; nothing that follows would mean anything."""


def get(port: int, path: str, expect: int = 200, *headers: str) -> Answer:
    return _ask(port, _head("GET", path, *headers), expect)


def post(port: int, path: str, expect: int | None = 303, **fields: str) -> Answer:
    """Send a form; `expect` None takes any answer."""
    return send(port, path, urlencode(fields).encode(), "application/x-www-form-urlencoded", expect)


def send(port: int, path: str, body: bytes, kind: str, expect: int | None) -> Answer:
    head = _head("POST", path, f"Content-Type: {kind}", f"Content-Length: {len(body)}")
    return _ask(port, head + body, expect)


def photo_form(photo: bytes, **fields: str) -> tuple[bytes, str]:
    """A form with a file, and its content type."""
    line = "photo-form"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{line}\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return "".join(
        parts
    ).encode() + photo + f"\r\n--{line}--\r\n".encode(), f"multipart/form-data; boundary={line}"


def _head(method: str, path: str, *more: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept-Language: en", "Connection: close", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _ask(port: int, request: bytes, expect: int | None) -> Answer:
    started = time.perf_counter()
    with socket.create_connection((HOST, port), timeout=PATIENCE) as wire:
        wire.sendall(request)
        said = bytearray()
        while more := wire.recv(65536):
            said += more
    seconds = time.perf_counter() - started
    head, _, body = bytes(said).partition(b"\r\n\r\n")
    answer = Answer(int(head.split(None, 2)[1]), head.decode("latin-1"), body, seconds)
    if expect not in (None, answer.status):
        raise Unexpected(f"{request.split(None, 2)[1].decode()}: {answer.status} instead of {expect}")
    return answer
