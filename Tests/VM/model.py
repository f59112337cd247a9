#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of Ollama as the tests in the virtual machine need: the same eight sentences, 15 words a second."""

import http.server
import json
import time

SENTENCES = [
    "The river starts high in the northern mountains.",
    "Every spring the melting snow fills the valleys.",
    "Farmers let the clear water run across their fields.",
    "By summer the wheat stands taller than the children.",
    "In the evening the village gathers under a tree.",
    "Someone brings a guitar and fresh bread.",
    "The oldest man tells stories about the bridge.",
    "Then everybody walks home along the river.",
]


class Model(http.server.BaseHTTPRequestHandler):
    def reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply({"version": "0.32.0", "models": [{"name": "scripted", "model": "scripted", "size": 1}]})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.end_headers()
        try:
            # Without messages it only loads the model; the daemon's greeting needs one word.
            asked = [message["content"] for message in request.get("messages", []) if message["role"] == "user"]
            words = " ".join(SENTENCES).split(" ") if asked and asked[-1] != "Hello" else ["Yes."]
            for word in words if asked else []:
                self.line(word + " ", done=False)
                time.sleep(1 / 15)
            self.line("", done=True, done_reason="stop")
        except OSError:
            pass  # stopped

    def line(self, text, **more):
        message = {"role": "assistant", "content": text}
        self.wfile.write(json.dumps(dict(more, model="scripted", message=message)).encode() + b"\n")

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", 11434), Model).serve_forever()
