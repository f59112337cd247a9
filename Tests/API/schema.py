#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/openapi.yaml against the daemon, with schemathesis from PyPI: does every reply obey the document, and is every request
rejected that it forbids?

    python3 -m venv .build/python && .build/python/bin/pip install -r Tests/requirements.txt
    .build/python/bin/python Tests/API/schema.py --utter .build/release/utter

Starts the daemon with a model server of its own and ALSA's null device. Half a minute; the exit status is schemathesis's.
"""

import argparse
import http.client
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Model(http.server.BaseHTTPRequestHandler):
    """As much of Ollama as it takes."""

    def reply(self, *values):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.end_headers()
        for value in values:
            self.wfile.write(json.dumps(value).encode() + b"\n")

    def do_GET(self):
        self.reply({"version": "0.32.0", "models": [{"name": "tiny", "model": "tiny", "size": 1}]})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        words = {"message": {"role": "assistant", "content": "Yes. "}, "done": False}
        self.reply(words, {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"})

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_ready(daemon, port):
    while daemon.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("the daemon has ended")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--utter", default=ROOT / ".build/release/utter")
    parser.add_argument("--examples", default="15")
    arguments = parser.parse_args()
    model = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        alsa = pathlib.Path(folder, "asound.conf")
        alsa.write_text("</usr/share/alsa/alsa.conf>\npcm.!default { type null }\n")
        environment = {
            "HOME": folder, "STATE_DIRECTORY": folder, "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
            "ALSA_CONFIG_PATH": str(alsa), "UTTER_MODEL_URL": f"http://127.0.0.1:{model.server_port}",
            "UTTER_SERVER_LISTEN": f"127.0.0.1:{port}", "UTTER_SERVER_SOCKET": "off",
            "UTTER_SERVER_REQUESTS_PER_S": "10000",
        }
        daemon = subprocess.Popen([pathlib.Path(arguments.utter).resolve(), "serve"], cwd=folder, env=environment)
        try:
            wait_until_ready(daemon, port)
            # The stream of events has no end. Names of voices, personas and models are the machine's, so a request may obey
            # the document and yet be rejected.
            return subprocess.run(
                [pathlib.Path(sys.executable).with_name("st"), "run", ROOT / "docs/openapi.yaml",
                 "--url", f"http://127.0.0.1:{port}", "--max-examples", arguments.examples, "--exclude-path", "/v1/events",
                 "--exclude-checks", "positive_data_acceptance", "--request-timeout", "10", "--seed", "1",
                 "--phases", "examples,coverage,fuzzing"], cwd=folder).returncode
        finally:
            daemon.terminate()
            daemon.wait()


if __name__ == "__main__":
    sys.exit(main())
