"""One fresh child a picture, under limits: no picture meets another one, and none stays longer than it may."""

import gc
import json
import os
import resource
import signal
import socket
from io import BufferedRWPair
from typing import Any

from PIL import Image

from .develop import encode, logo, photo
from .formats import Refused


def serve() -> None:
    """Fork a child for every socket handed over on standard input, until the web worker has gone."""
    signal.signal(signal.SIGCHLD, _reap)
    Image.preinit()  # or every child would import the writers anew
    os.nice(5)  # pages before pictures
    gc.freeze()
    control = socket.socket(fileno=0)
    while True:
        _, descriptors, *_ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        with socket.socket(fileno=descriptors[0]) as job:
            try:
                child = os.fork()
            except OSError:  # the asker sees its socket closed without a word
                continue
            if child == 0:
                try:
                    control.close()  # or it could take the pictures of others, and would seem to be the server
                    _work(job)
                finally:
                    os._exit(0)


def _reap(*_: object) -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _work(job: socket.socket) -> None:
    with job.makefile("rwb") as wire:
        wire.write(b"!")  # alive; what dies from here on, dies of its picture
        wire.flush()
        wish = json.loads(wire.readline())
        _limit(wish["seconds"], wish["clock"], wish["memory"])
        header, files = _answer(wish, wire)
        wire.write(json.dumps(header).encode() + b"\n")
        wire.writelines(files)


def _limit(seconds: int, clock: int, memory: int) -> None:
    """So many `seconds` of CPU and of the `clock`, then death without a word; so many bytes of `memory`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    signal.setitimer(signal.ITIMER_REAL, clock)


def _answer(wish: dict[str, Any], wire: BufferedRWPair) -> tuple[dict[str, Any], list[bytes]]:
    try:
        data = wire.read(wish["length"])
        if wish["recipe"] == "logo":
            copies, kind = [logo(data, tuple(wish["sizes"]), wish["pixels"])], "PNG"
        else:
            copies, kind = photo(data, wish["sizes"], wish["pixels"]), "JPEG"
        files = [encode(copy, kind) for copy in copies]
    except Refused as refused:
        return {"refused": refused.args[0]}, []
    except MemoryError:
        return {"refused": "PictureTooHeavy"}, []
    except Exception as error:  # decoders raise every class there is, and libheif has its own for memory
        return {"refused": "PictureTooHeavy" if "Memory" in str(error) else "PictureBroken"}, []
    return {"sizes": [copy.size for copy in copies], "bytes": [len(file) for file in files]}, files
