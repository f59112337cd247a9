#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many answers in a row through one daemon, some of them stopped: is every one accounted for, and does nothing grow?

    Benchmarks/soak.py --utter .build/release/utter --answers 1000 --device null
    Benchmarks/soak.py --answers 10000 --faults 0.1    # a fault of the model server or the voice in a tenth of them

Starts the daemon, and a model server of its own, on sockets of their own. Needs Python 3.9 and nothing else.
"""

import argparse
import collections
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import ThreadingHTTPServer

from scripted_model import ScriptedModel

SENTENCES = [
    "The quick brown fox jumps over the lazy dog. ", "It was a bright cold day in April. ",
    "今天天气很好。", "There are 3.5 million reasons, and none of them is good! ", "Is this the end? ", "Yes, it is. ",
]


class Fault(OSError):
    """The model server breaks off."""


class Model(ScriptedModel):
    """The pace, the length and the rate of faults are set by the class."""

    pace = 0.0
    sentences = 4
    faults = 0.0
    met = collections.Counter()

    def do_POST(self):
        # None while the daemon warms up, and none without faults.
        kind = random.choice(["error", "page", "hang up"]) if random.random() < self.faults / 3 else None
        if kind is None:
            return super().do_POST()
        self.met[kind] += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        if kind != "hang up":
            body = b'{"error":"CUDA error: out of memory"}' if kind == "error" else b"<html>502 Bad Gateway</html>"
            self.send_response(500 if kind == "error" else 502)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

    def answer(self):
        if random.random() < self.faults / 3:
            kind = random.choice(["cut", "garbage", "error in the middle"])
            self.met[kind] += 1
            yield self.line("Once upon a time. There")
            if kind == "garbage":
                yield b"\x00\xff no JSON\n"
            if kind == "error in the middle":
                yield b'{"error":"unexpected EOF"}\n'
            raise Fault
        for word in "".join(random.sample(SENTENCES, random.randint(max(1, self.sentences - 1), self.sentences + 1))).split(" "):
            yield self.line(word + " ")
            time.sleep(self.pace)


class Connection(http.client.HTTPConnection):
    """To the daemon's unix socket."""

    path = ""

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def call(method, path, body=None):
    connection = Connection("localhost")
    try:
        connection.request(method, path, json.dumps(body or {}), {"Content-Type": "application/json"})
        return json.load(connection.getresponse())
    finally:
        connection.close()


class Watcher(threading.Thread):
    """Reads everything that the daemon does: how did each answer end?"""

    def __init__(self):
        super().__init__(daemon=True)
        self.queued, self.endings, self.underruns, self.missed = [], {}, 0, 0
        self.connected = threading.Event()

    def run(self):
        connection = Connection("localhost")
        connection.request("GET", "/v1/events")
        response = connection.getresponse()
        self.connected.set()
        while line := response.readline():
            if not line.startswith(b"data: "):
                continue
            event = json.loads(line[6:])
            name = event["event"]
            if name == "queued":
                self.queued.append(event["answer"])
            elif name in ("finished", "stopped", "failed"):
                self.endings.setdefault(event["answer"], []).append(name)
                self.underruns += event["underruns"]
            elif name == "missed":
                self.missed += event["count"]


def figures(process):
    """What the process holds: kB, threads, descriptors."""
    rollup = open(f"/proc/{process}/smaps_rollup").read()
    status = open(f"/proc/{process}/status").read()
    value = lambda text, key: int(text.split(key + ":")[1].split()[0])
    return {
        "private_dirty_kB": value(rollup, "Private_Dirty"), "rss_kB": value(status, "VmRSS"),
        "threads": value(status, "Threads"), "descriptors": len(os.listdir(f"/proc/{process}/fd")),
    }


def voice_of(process):
    """The process that runs eSpeak NG; None if there isn't one."""
    for task in os.listdir(f"/proc/{process}/task"):
        try:
            for child in open(f"/proc/{process}/task/{task}/children").read().split():
                if open(f"/proc/{child}/comm").read() == "utter-speech\n":
                    return int(child)
        except OSError:
            pass  # the thread or the child has just ended
    return None


def end(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has ended


def settled(process):
    time.sleep(5)  # the device is kept open for a while after the last sound
    call("POST", "/v1/say", {"text": "Yes."})  # so that the voice has a process
    time.sleep(10)  # freed memory goes back to the system some seconds after the last answer
    return {"daemon": figures(process), "voice": figures(voice_of(process))}


def ask(kind, longest):
    """One answer: heard to its end, stopped, left by its client, or interrupted by the next one."""
    body = {"prompt": "Tell me something.", "session": f"soak {random.randint(1, 5)}"}
    if kind == "finish":
        call("POST", "/v1/ask", body)
    elif kind == "stop":
        answer = call("POST", "/v1/ask", dict(body, detach=True))["answer"]
        time.sleep(random.uniform(0, longest))
        call("POST", "/v1/stop", {"answer": answer})
    elif kind == "interrupt":
        call("POST", "/v1/ask", dict(body, detach=True))
        time.sleep(random.uniform(0, longest))
    elif kind == "hang up":
        connection = Connection("localhost")
        connection.request("POST", "/v1/ask", json.dumps(body), {"Content-Type": "application/json"})
        time.sleep(random.uniform(0, longest))
        connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--utter", default=".build/release/utter", help="the program")
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--device", default="null", help="an ALSA device; null takes sound as fast as it comes")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between two words of the model")
    parser.add_argument("--sentences", type=int, default=4, choices=range(1, 6), help="sentences in an answer, give or take one")
    parser.add_argument("--longest", type=float, default=0.05, help="the longest time before a stop, in seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.0, help="the share of answers with a fault, 0 to 1")
    parser.add_argument("--finish", type=float, default=0.5, help="the share of answers heard to their end, 0 to 1")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    Model.pace, Model.sentences = arguments.pace, arguments.sentences

    folder = tempfile.mkdtemp(prefix="utter-soak-")
    Connection.path = f"{folder}/utter.sock"
    model = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    environment = dict(
        os.environ, UTTER_MODEL_URL=f"http://127.0.0.1:{model.server_port}", UTTER_MODEL_NAME="soak",
        UTTER_PLAYBACK_DEVICE=arguments.device, UTTER_SERVER_SOCKET=Connection.path, UTTER_SERVER_LISTEN="127.0.0.1:18473",
        STATE_DIRECTORY=folder, UTTER_LOG_LEVEL="warning")
    daemon = subprocess.Popen([arguments.utter, "serve"], env=environment)
    try:
        for _ in range(100):
            time.sleep(0.1)
            try:
                if call("GET", "/v1/status")["ready"]:
                    break
            except OSError:
                pass
        watcher = Watcher()
        watcher.start()
        watcher.connected.wait(5)
        idle = settled(daemon.pid)
        early = None
        Model.faults = arguments.faults
        # Memory has settled after this many: each fault has occurred.
        warm = 500 if arguments.faults else 50
        for number in range(arguments.answers):
            if number == warm:
                call("POST", "/v1/stop")
                early = settled(daemon.pid)
            if random.random() < arguments.faults / 3 and (voice := voice_of(daemon.pid)):
                Model.met["voice killed"] += 1
                threading.Timer(random.uniform(0, arguments.longest), end, [voice]).start()
            finishes = random.random() < arguments.finish
            ask("finish" if finishes else random.choice(["stop", "interrupt", "hang up"]), arguments.longest)
        time.sleep(1)
        call("POST", "/v1/stop")
        late = settled(daemon.pid)
        status = call("GET", "/v1/status")
    finally:
        started = time.monotonic()
        daemon.send_signal(signal.SIGTERM)
        code = daemon.wait(10)

    endings = [name for names in watcher.endings.values() for name in names]
    lost = [answer for answer in watcher.queued if len(watcher.endings.get(answer, [])) != 1]
    report = {
        "answers": len(watcher.queued), "endings": {name: endings.count(name) for name in sorted(set(endings))},
        "without exactly one end": len(lost), "events missed": watcher.missed, "underruns": watcher.underruns,
        "status": {key: status[key] for key in ("finished", "stopped", "failed", "waiting", "speaking")},
        "faults": dict(sorted(Model.met.items())),
        "idle at first": idle, f"after {warm}": early, "at the end": late,
        "exit": code, "exit_ms": round((time.monotonic() - started) * 1000),
    }
    if early:
        drift = {name: late[name]["private_dirty_kB"] - early[name]["private_dirty_kB"] for name in late}
        report["drift_kB"] = drift
    print(json.dumps(report, indent=2))
    return 1 if lost or watcher.missed or len(watcher.queued) < arguments.answers or code not in (0, 143) else 0


if __name__ == "__main__":
    sys.exit(main())
