#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PyPI clients openai, ollama, mcp and wyoming, unchanged, against the daemon: is the sound heard while their text still
streams, and does their cancel stop both?

    python3 -m venv .build/python && .build/python/bin/pip install -r Tests/requirements.txt
    .build/python/bin/python Tests/Clients/clients.py

Starts the daemon, a model server of its own that writes 12 words a second, and a PulseAudio of its own that plays in real
time to nobody (Debian: pulseaudio, libasound2-plugins). Prints the figures as JSON; exit code 1 if something was not so.
.ci/run runs it.
"""

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import mcp_tools
import ollama
import openai
import wyoming_service

TEXT = "The sky is blue. Small molecules scatter short waves of light more than long ones. " * 4


class Model(BaseHTTPRequestHandler):
    """As much of Ollama as it takes."""

    protocol_version = "HTTP/1.1"
    hang_ups = []

    def do_GET(self):
        body = json.dumps({"models": [{"name": "tiny:latest", "model": "tiny:latest", "size": 1}], "version": "0.12.6"})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        is_asked = "Why?" in json.dumps(request)
        try:
            for word in TEXT.split(" ") if is_asked else []:
                self.line({"message": {"role": "assistant", "content": word + " "}, "done": False})
                time.sleep(1 / 12)
            self.line({
                "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop",
                "prompt_eval_count": 7, "eval_count": 60, "eval_duration": 5_000_000_000})
        except OSError:
            self.hang_ups.append(time.monotonic())

    def line(self, value):
        value = dict(value, model="tiny", created_at="2026-11-21T00:00:00Z")
        self.wfile.write(json.dumps(value).encode() + b"\n")
        self.wfile.flush()

    def log_message(self, *_):
        pass


class Watcher(threading.Thread):
    """What the daemon tells of its answers, with the moment at which it came."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.events = []
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/v1/events")
        self.response = connection.getresponse()

    def run(self):
        while line := self.response.readline():
            if line.startswith(b"data: "):
                self.events.append((time.monotonic(), json.loads(line[6:])))

    def wait(self, since, *names):
        """The first of these events after a moment."""
        for _ in range(1200):
            for moment, event in list(self.events):
                if moment > since and event["event"] in names:
                    return moment, event
            time.sleep(0.05)
        raise SystemExit(f"none of {names} came")


def openai_text(port):
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none")
    stream = client.chat.completions.create(
        model="utter", messages=[{"role": "user", "content": "Why?"}], stream=True,
        stream_options={"include_usage": True})
    return stream, lambda chunk: chunk.choices and chunk.choices[0].delta.content or "", stream.close


def ollama_text(port):
    stream = ollama.Client(f"http://127.0.0.1:{port}").chat(
        model="tiny", messages=[{"role": "user", "content": "Why?"}], stream=True)
    return stream, lambda part: part.message.content, stream.close


def heard_to_the_end(make, port, watcher):
    """Reads all of the text, and compares its times with the sound's."""
    start = time.monotonic()
    stream, content, _ = make(port)
    times, text = [], ""
    for part in stream:
        if content(part):
            times.append(time.monotonic())
            text += content(part)
    sound, _ = watcher.wait(start, "sound_start")
    end, event = watcher.wait(start, "finished", "failed", "stopped")
    return {
        "text_complete": text.strip() == TEXT.strip(), "chunks": len(times),
        "first_text_ms": round((times[0] - start) * 1000), "first_sound_ms": round((sound - start) * 1000),
        "last_text_ms": round((times[-1] - start) * 1000), "sound_end_ms": round((end - start) * 1000),
        "ending": event["event"], "underruns": event["underruns"],
        "ok": text.strip() == TEXT.strip() and sound < times[-1] < end and event["event"] == "finished",
    }


def cancelled(make, port, watcher):
    """Hangs up as soon as something was heard."""
    start = time.monotonic()
    stream, _, close = make(port)
    parts = iter(stream)
    while not any(moment > start and event["event"] == "sound_start" for moment, event in list(watcher.events)):
        next(parts)
    before = len(Model.hang_ups)
    cancel = time.monotonic()
    close()
    silent, event = watcher.wait(cancel, "finished", "failed", "stopped")
    while len(Model.hang_ups) == before and time.monotonic() < cancel + 60:
        time.sleep(0.01)
    model = Model.hang_ups[-1] if len(Model.hang_ups) > before else None
    return {
        "ending": event["event"], "silent_after_ms": round((silent - cancel) * 1000),
        "model_left_after_ms": model and round((model - cancel) * 1000),
        "heard_bytes": event["heard_end"], "ok": event["event"] == "stopped" and model is not None,
    }


def others(port):
    """What answers with more than text."""
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none")
    start, times, size = time.monotonic(), [], 0
    with client.audio.speech.with_streaming_response.create(
            model="utter", voice="alloy", input=TEXT, response_format="pcm") as response:
        for part in response.iter_bytes(4096):
            times.append(time.monotonic())
            size += len(part)
    report = {
        "models": [model.id for model in client.models.list()],
        "speech_first_ms": round((times[0] - start) * 1000), "speech_all_ms": round((times[-1] - start) * 1000),
        "speech_s": round(size / 2 / 22050, 1),
        "whole": client.chat.completions.create(
            model="utter", messages=[{"role": "user", "content": "Hello?"}]).choices[0].finish_reason,
        "ollama_list": [model.model for model in ollama.Client(f"http://127.0.0.1:{port}").list().models],
    }
    try:
        ollama.Client(f"http://127.0.0.1:{port}").pull("tiny")
        report["ollama_pull"] = "let through"
    except ollama.ResponseError as error:
        report["ollama_pull"] = f"{error.status_code} {error.error}"
    try:
        client.audio.speech.create(model="utter", voice="alloy", input="Hi.", response_format="mp3")
        report["mp3"] = "made"
    except openai.BadRequestError as error:
        report["mp3"] = error.body["message"]
    report["ok"] = report["ollama_pull"].startswith("403") and report["mp3"].startswith("response_format")
    return report


def stop(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/v1/stop")
    connection.getresponse().read()


def start_sound(folder):
    server = f"unix:{folder}/native"
    with open(f"{folder}/asound.conf", "w") as file:
        file.write(
            f'</usr/share/alsa/alsa.conf>\npcm.!default {{ type file  slave.pcm {{ type pulse  server "{server}" }}\n'
            f'    file "{folder}/played"  format "raw" }}\n')
    environment = dict(os.environ, HOME=folder, XDG_RUNTIME_DIR=folder)
    pulse = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--system=false", "--exit-idle-time=-1", "--use-pid-file=no",
         "--realtime=no", "--high-priority=no", "--disable-shm=yes",
         "-L", f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native",
         "-L", "module-null-sink sink_name=nobody rate=22050 channels=1 format=s16le"],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(1200):
        if os.path.exists(f"{folder}/native"):
            return pulse
        time.sleep(0.05)
    raise SystemExit("PulseAudio did not start")


def wait_until_ready(port):
    for _ in range(600):
        time.sleep(0.1)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
    raise SystemExit("the daemon is not ready")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--utter", default=".build/release/utter", help="the program")
    arguments = parser.parse_args()

    folder = tempfile.mkdtemp(prefix="utter-clients-")
    model = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    port, satellite, others_port = free_port(), free_port(), free_port()
    pulse = start_sound(folder)
    environment = dict(
        os.environ, HOME=folder, XDG_RUNTIME_DIR=folder, STATE_DIRECTORY=folder, ALSA_CONFIG_PATH=f"{folder}/asound.conf",
        UTTER_MODEL_URL=f"http://127.0.0.1:{model.server_port}", UTTER_MODEL_NAME="tiny",
        UTTER_SERVER_LISTEN=f"127.0.0.1:{port}", UTTER_SERVER_SOCKET=f"{folder}/utter.sock", UTTER_SERVER_OLLAMA_API="true",
        UTTER_WYOMING_SATELLITE=f"127.0.0.1:{satellite}", UTTER_WYOMING_TTS=f"127.0.0.1:{others_port}",
        UTTER_WYOMING_HANDLE=f"127.0.0.1:{others_port}", UTTER_LOG_LEVEL="warning")
    daemon = subprocess.Popen([arguments.utter, "serve"], env=environment)
    try:
        wait_until_ready(port)
        watcher = Watcher(port)
        watcher.start()
        report = {
            "versions": {"openai": openai.__version__, "ollama": __import__("importlib.metadata").metadata.version("ollama")},
            "openai": heard_to_the_end(openai_text, port, watcher),
            "openai cancelled": cancelled(openai_text, port, watcher),
            "ollama": heard_to_the_end(ollama_text, port, watcher),
            "ollama cancelled": cancelled(ollama_text, port, watcher),
            "others": others(port),
            **mcp_tools.report(arguments.utter, port, dict(environment, UTTER_SOCKET=f"{folder}/utter.sock"), watcher),
            **wyoming_service.report(
                (satellite, others_port), f"{folder}/played", lambda: stop(port), watcher, TEXT),
        }
    finally:
        daemon.terminate()
        daemon.wait(10)
        pulse.terminate()
        pulse.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(report, indent=2))
    sys.exit(0 if all(part.get("ok", True) for part in report.values()) else 1)


if __name__ == "__main__":
    main()
