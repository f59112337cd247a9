#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the daemon holds: idle, after answers, while a long answer comes that nobody hears, after readers have gone.

    Benchmarks/memory.py --utter .build/release/utter

Starts a daemon for each case, and a model server of its own, on sockets of their own. Needs Python 3.9 and nothing else.
kB; `peak` is the most that was resident (VmHWM) from the case's beginning to its end.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import ThreadingHTTPServer

from scripted_model import ScriptedModel

SENTENCE = "There are 3.5 million reasons to look at the sky, and none of them is as good as the sky itself. "


class Model(ScriptedModel):
    """What it answers is set by the class."""

    text = SENTENCE * 3
    token = 4

    def answer(self):
        lines = b""
        for start in range(0, len(self.text), self.token):
            lines += self.line(self.text[start:start + self.token])
            if len(lines) > 65536:
                yield lines
                lines = b""
        yield lines


class Daemon:
    def __init__(self, program, model):
        self.folder = tempfile.mkdtemp(prefix="utter-memory-")
        self.path = f"{self.folder}/utter.sock"
        environment = dict(
            os.environ, UTTER_MODEL_URL=f"http://127.0.0.1:{model.server_port}", UTTER_MODEL_NAME="memory",
            UTTER_PLAYBACK_DEVICE="null", UTTER_SERVER_SOCKET=self.path, UTTER_SERVER_LISTEN="127.0.0.1:18475",
            STATE_DIRECTORY=self.folder, UTTER_LOG_LEVEL="error")
        self.process = subprocess.Popen([program, "serve"], env=environment)

    def __enter__(self):
        for _ in range(300):
            time.sleep(0.1)
            try:
                if self.call("GET", "/v1/status")["ready"]:
                    time.sleep(3)
                    return self
            except OSError:
                pass
        self.__exit__()
        raise RuntimeError("The daemon is not ready.")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.path)
        return connection

    def call(self, method, path, body=None, headers=None):
        """The reply's JSON, or how many bytes came where it is none."""
        connection = http.client.HTTPConnection("localhost")
        connection.sock = self.connect()
        try:
            headers = dict(headers or {}, **{"Content-Type": "application/json"})
            connection.request(method, path, json.dumps(body or {}), headers)
            response = connection.getresponse()
            if "json" in response.getheader("Content-Type", ""):
                return json.load(response)
            count = 0
            while data := response.read1(65536):
                count += len(data)
            return count
        finally:
            connection.close()

    def ask(self, **more):
        headers = {"Accept": "text/event-stream"} if more.pop("events", False) else {}
        reply = self.call("POST", "/v1/ask", dict({"prompt": "Tell me."}, **more), headers)
        if more.get("detach"):
            self.call("GET", f"/v1/events?answer={reply['answer']}")
        return reply

    def figures(self):
        status = open(f"/proc/{self.process.pid}/status").read()
        rollup = open(f"/proc/{self.process.pid}/smaps_rollup").read()
        value = lambda text, key: int(text.split(key + ":")[1].split()[0])
        return {"private_dirty": value(rollup, "Private_Dirty"), "rss": value(status, "VmRSS"),
                "peak": value(status, "VmHWM")}

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def measure(self, body):
        before = self.figures()
        self.forget_peak()
        started = time.monotonic()
        body()
        took = time.monotonic() - started
        time.sleep(6)  # the device is kept open for a while after the last sound; after that memory is given back
        return {"idle": {key: before[key] for key in ("private_dirty", "rss")}, "after": self.figures(),
                "seconds": round(took, 1)}


def read_all(connection):
    while connection.recv(65536):
        pass


def readers(daemon, count, answers):
    """Readers of all events come, see some answers, and go."""
    connections = []
    for _ in range(count):
        connection = daemon.connect()
        connection.sendall(b"GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        threading.Thread(target=read_all, args=(connection,), daemon=True).start()
        connections.append(connection)
    time.sleep(1)
    for _ in range(answers):
        daemon.call("POST", "/v1/say", {"text": "Yes.", "speak": False})
    time.sleep(2)
    for connection in connections:
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--utter", default=".build/release/utter", help="the program")
    parser.add_argument("--megabytes", type=float, default=7, help="of a long answer that is not spoken")
    parser.add_argument("--letters", type=int, default=200_000, help="tokens of one letter each, of another")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--case", action="append", help="only this one: answers, json, events, detached, letters, readers")
    arguments = parser.parse_args()
    model = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()

    short = SENTENCE * 3
    long = SENTENCE * int(arguments.megabytes * 1e6 / len(SENTENCE))
    letters = SENTENCE * (arguments.letters // len(SENTENCE))
    cases = {
        "answers": (short, 4, lambda daemon: [daemon.ask() for _ in range(3)]),
        "json": (long, 40, lambda daemon: daemon.ask(speak=False)),
        "events": (long, 40, lambda daemon: daemon.ask(speak=False, events=True)),
        "detached": (long, 40, lambda daemon: daemon.ask(speak=False, detach=True)),
        "letters": (letters, 1, lambda daemon: daemon.ask(speak=False, detach=True)),
        "readers": (short, 4, lambda daemon: readers(daemon, arguments.readers, 200)),
    }
    for name in arguments.case or cases:
        Model.text, Model.token, body = cases[name]
        with Daemon(arguments.utter, model) as daemon:
            print(json.dumps({name: daemon.measure(lambda: body(daemon))}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
