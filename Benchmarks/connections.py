#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The daemon's HTTP: how soon does the first event of a request come, alone and with many readers, and what do many
connections leave behind?

    Benchmarks/connections.py --utter .build/release/utter

Starts the daemon on sockets of its own. Needs Python 3.9 and nothing else.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PORT = 18474


def connect(path):
    if path is None:
        connection = socket.create_connection(("127.0.0.1", PORT))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    return connection


def request(method, target, body=None, headers=""):
    text = json.dumps(body) if body is not None else ""
    kind = "Content-Type: application/json\r\n" if body is not None else ""
    return (
        f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{kind}{headers}Content-Length: {len(text)}\r\n\r\n{text}"
    ).encode()


def first_event(path):
    """Milliseconds from the request, on a new connection, to its first event; then the rest is read."""
    wanted = request("POST", "/v1/say", {"text": "Yes.", "speak": False}, "Accept: text/event-stream\r\n")
    started = time.perf_counter()
    with connect(path) as connection:
        connection.sendall(wanted)
        received, took = b"", None
        while data := connection.recv(65536):
            received += data
            if took is None and b"event: " in received:
                took = (time.perf_counter() - started) * 1000
            if b"event: finished" in received:
                break
        return took


def figures(process):
    status = open(f"/proc/{process}/status").read()
    rollup = open(f"/proc/{process}/smaps_rollup").read()
    value = lambda text, key: int(text.split(key + ":")[1].split()[0])
    return {
        "private_dirty_kB": value(rollup, "Private_Dirty"), "rss_kB": value(status, "VmRSS"),
        "threads": value(status, "Threads"), "descriptors": len(os.listdir(f"/proc/{process}/fd")),
    }


def summary(samples):
    samples = sorted(samples)
    return {
        "median_ms": round(statistics.median(samples), 2), "p95_ms": round(samples[int(len(samples) * 0.95)], 2),
        "worst_ms": round(samples[-1], 2),
    }


def read_all(connection, counts, index):
    while data := connection.recv(65536):
        counts[index] += data.count(b"event: finished")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--utter", default=".build/release/utter", help="the program")
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--connections", type=int, default=10000)
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="utter-http-")
    path = f"{folder}/utter.sock"
    environment = dict(
        os.environ, UTTER_PLAYBACK_DEVICE="null", UTTER_SERVER_SOCKET=path, UTTER_SERVER_LISTEN=f"127.0.0.1:{PORT}",
        UTTER_SERVER_REQUESTS_PER_S="1000", UTTER_MODEL_URL="http://127.0.0.1:9", UTTER_MODEL_NAME="none",
        STATE_DIRECTORY=folder, UTTER_LOG_LEVEL="error")
    daemon = subprocess.Popen([arguments.utter, "serve"], env=environment)
    report = {}
    try:
        for _ in range(100):
            time.sleep(0.1)
            try:
                first_event(path)
                break
            except OSError:
                pass
        for name, address in (("unix", path), ("tcp", None)):
            report[f"first event, {name}"] = summary([first_event(address) for _ in range(arguments.samples)])

        counts, readers = [0] * arguments.readers, []
        for index in range(arguments.readers):
            reader = connect(path)
            reader.sendall(request("GET", "/v1/events"))
            readers.append(reader)
            threading.Thread(target=read_all, args=(reader, counts, index), daemon=True).start()
        time.sleep(1)
        report[f"first event, unix, {arguments.readers} readers"] = summary(
            [first_event(path) for _ in range(arguments.samples)])
        time.sleep(2)
        report["readers that saw every answer end"] = counts.count(arguments.samples)
        for reader in readers:
            reader.shutdown(socket.SHUT_RDWR)
            reader.close()
        time.sleep(1)

        report["before the connections"] = figures(daemon.pid)
        for number in range(arguments.connections):
            with connect(path if number % 2 else None) as connection:
                if number % 4 < 3:
                    connection.sendall(request("GET", "/healthz"))
                if number % 4 < 2:
                    connection.recv(65536)
            if number == arguments.connections // 10:
                time.sleep(1)
                report["after a tenth of them"] = figures(daemon.pid)
        time.sleep(1)
        report[f"after {arguments.connections} connections"] = figures(daemon.pid)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(10)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    sys.exit(main())
