# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of Ollama as the benchmarks need; what it answers a subclass says."""

import json
from http.server import BaseHTTPRequestHandler


class ScriptedModel(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            # Without messages it only loads the model.
            for lines in self.answer() if request.get("messages") else []:
                self.wfile.write(lines)
            self.wfile.write(self.line("", done=True, done_reason="stop"))
        except OSError:
            pass  # stopped

    def answer(self):
        """The lines of an answer but the last, some at a time."""
        raise NotImplementedError

    @staticmethod
    def line(text, done=False, **more):
        message = {"role": "assistant", "content": text}
        return json.dumps(dict(more, model="scripted", message=message, done=done)).encode() + b"\n"

    def log_message(self, *_):
        pass
