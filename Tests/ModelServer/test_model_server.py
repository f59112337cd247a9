#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built program, as people run it, with the real server of llama.cpp: see README.md."""

import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import wave

HERE = pathlib.Path(__file__).resolve().parent
UTTER = pathlib.Path(os.environ.get("UTTER") or HERE.parent.parent / ".build/release/utter").resolve()
# Whatever takes longer hangs; no result depends on it.
LIMIT = 120


def reason_to_skip():
    try:
        import xllamacpp  # noqa: F401
    except ImportError:
        return "PyPI's xllamacpp, which holds the server of llama.cpp, is not here (see Tests/ModelServer/README.md)"
    return None


def setUpModule():
    if reason := reason_to_skip():
        if "UTTER_CI" in os.environ:
            raise RuntimeError(reason)
        raise unittest.SkipTest(reason)


class Server:
    """The server of llama.cpp as a process of its own."""

    def __init__(self):
        self.url = "http://127.0.0.1:0"
        self.start()

    def start(self):
        """At the address that it had, or at a free port the first time; returns when it answers."""
        self.process = subprocess.Popen(
            [sys.executable, HERE / "serve.py", self.url.rsplit(":", 1)[1]],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(f"the server did not start: exit status {self.process.wait()}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Running:
    """A running utter whose lines on the standard output are there as they come."""

    def __init__(self, process):
        self.process = process
        self.lines = []
        self.queue = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.queue.put(line)
        self.queue.put(None)

    def next_line(self):
        line = self.queue.get(timeout=LIMIT)
        if line is not None:
            self.lines.append(line)
        return line

    def event(self, name):
        """The next event of this name, or None if the program ends without it."""
        while line := self.next_line():
            event = json.loads(line)
            if event["event"] == name:
                return event
        return None

    def end(self):
        """The exit status, when all lines are read."""
        while self.next_line():
            pass
        status = self.process.wait(LIMIT)
        self.process.stdout.close()
        return status

    @property
    def events(self):
        return [json.loads(line) for line in self.lines]

    @property
    def text(self):
        return "".join(event["text"] for event in self.events if event["event"] == "text")


# The most likely words: the same answer every time.
ALWAYS_THE_SAME = ["--option", "temperature=0"]


class WithModelServer(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.kill)
        self.folder = tempfile.mkdtemp(prefix="utter-model-server-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        # ALSA's null device takes sound as fast as it comes.
        with open(f"{self.folder}/asound.conf", "w") as file:
            file.write("</usr/share/alsa/alsa.conf>\npcm.!default { type null }\n")
        self.environment = {
            "HOME": self.folder, "XDG_RUNTIME_DIR": self.folder, "STATE_DIRECTORY": self.folder, "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin", "ALSA_CONFIG_PATH": f"{self.folder}/asound.conf",
            "UTTER_MODEL_PROVIDER": "openai", "UTTER_MODEL_URL": self.server.url, "UTTER_MODEL_NAME": "tiny",
            "UTTER_SOCKET": "",
        }

    def utter(self, *arguments, input="", **environment):
        """Runs it to its end."""
        return subprocess.run(
            [UTTER, *arguments], input=input, capture_output=True, text=True, cwd=self.folder,
            env=self.environment | environment, timeout=LIMIT)

    def start(self, *arguments, errors="errors", **environment):
        """Starts it; its standard error output goes to a file."""
        with open(f"{self.folder}/{errors}", "w") as file:
            process = subprocess.Popen(
                [UTTER, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=file, text=True,
                cwd=self.folder, env=self.environment | environment)
        self.addCleanup(process.kill)
        return Running(process)

    def errors(self, name="errors"):
        with open(f"{self.folder}/{name}") as file:
            return file.read()

    def seconds(self, name):
        """Of a WAV file, which the module reads strictly."""
        with wave.open(f"{self.folder}/{name}") as file:
            return file.getnframes() / file.getframerate()

    def cut(self, start, end):
        """An answer without an end that `end` cuts after its first text. Where the answer was faster than that, and came
        to its bound by itself, it is asked for again.

        `start` starts it with the options that are passed on.
        """
        for _ in range(10):
            running = start("--option", "ignore_eos=true", "--option", "num_predict=400")
            self.assertIsNotNone(running.event("text"), self.errors())
            end(running)
            status = running.end()
            if running.events[-1]["event"] != "finished":
                return running, status
            self.server.kill()
            self.server.start()
        self.fail("the answer was never cut")


class Asking(WithModelServer):
    def test_an_answer_is_spoken(self):
        result = self.utter("ask", *ALWAYS_THE_SAME, "--output", "answer.wav", "Tell me about Vienna")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("Vienna", result.stdout)
        # Nobody reads thirty characters in a second.
        self.assertGreater(self.seconds("answer.wav"), len(result.stdout) / 30)

    def test_its_events_hold_the_text_that_is_printed(self):
        printed = self.utter("ask", *ALWAYS_THE_SAME, "Tell me about Vienna").stdout
        running = self.start("ask", "--events", *ALWAYS_THE_SAME, "Tell me about Vienna")
        self.assertEqual(running.end(), 0, self.errors())
        self.assertEqual(running.text.strip(), printed.strip())
        self.assertEqual(running.events[0]["event"], "accepted")
        self.assertEqual(running.events[-1]["event"], "finished")

    def test_reasoning_is_not_spoken(self):
        running = self.start("ask", "--events", *ALWAYS_THE_SAME, "Tell me about Vienna", UTTER_MODEL_THINK="true")
        self.assertEqual(running.end(), 0, self.errors())
        self.assertIn("thinking", [event["event"] for event in running.events])
        self.assertTrue(running.text.strip())
        self.assertNotIn("think>", running.text)

    def test_the_model_is_found_without_being_named(self):
        result = self.utter("ask", "Hello?", UTTER_MODEL_NAME="")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("choose another model with --model", result.stderr)

    def test_doctor_is_content(self):
        result = self.utter("doctor")
        self.assertIn("server", result.stdout)
        self.assertNotIn("FAIL  server", result.stdout)

    def test_ctrl_c_stops_and_the_next_question_is_answered(self):
        running, status = self.cut(
            lambda *options: self.start("ask", "--events", *options, "Tell me about Vienna"),
            lambda running: running.process.send_signal(signal.SIGINT))
        self.assertEqual(status, 130, self.errors())
        self.assertEqual(running.events[-1]["event"], "stopped")
        result = self.utter("ask", "Hello?")
        self.assertEqual((result.returncode, result.stderr), (0, ""))


class Context(WithModelServer):
    question = "Tell me about Vienna in a long text with very many words, as many as you can.\n"

    def test_a_question_longer_than_the_context_is_refused_with_cause_and_cure(self):
        result = self.utter("ask", "Tell me about Vienna. " * 300)
        self.assertEqual(result.returncode, 69)
        self.assertEqual(result.stdout.strip(), "")
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
        self.assertIn("longer than the model's context", result.stderr)
        self.assertIn("ask something shorter", result.stderr)

    def test_a_conversation_longer_than_the_context_goes_on_and_that_is_told_once(self):
        result = self.utter("chat", *ALWAYS_THE_SAME, input=self.question * 30)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr.count("outgrown the context"), 1, result.stderr)
        self.assertNotIn("longer than the model's context", result.stderr)
        self.assertEqual(len(result.stdout.splitlines()), 30, result.stdout)
        self.assertTrue(all(line.strip() for line in result.stdout.splitlines()), result.stdout)


class Dying(WithModelServer):
    def test_killed_in_mid_answer_and_started_again(self):
        running, status = self.cut(
            lambda *options: self.start(
                "ask", "--events", "--output", "answer.wav", *options, "Tell me about Vienna"),
            lambda running: self.server.kill())
        self.assertEqual(status, 69, self.errors())
        self.assertEqual(running.events[-1]["event"], "failed")
        self.assertIn("broke in the middle of the answer", self.errors())
        self.assertTrue(running.text.strip())
        # What came is spoken.
        pieces = [event for event in running.events if event["event"] == "piece"]
        self.assertEqual(pieces[-1]["end"], len(running.text.rstrip().encode()))
        self.assertGreater(self.seconds("answer.wav"), 0.1)

        result = self.utter("ask", "Hello?")
        self.assertEqual(result.returncode, 69)
        self.assertIn(f"No model server answers at {self.server.url}", result.stderr)

        self.server.start()
        result = self.utter("ask", "Hello?")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.strip())

    def test_the_daemon_outlives_it_and_its_conversation_goes_on(self):
        socket = f"{self.folder}/utter.sock"
        daemon = self.start(
            "serve", errors="daemon", UTTER_SERVER_LISTEN="127.0.0.1:0", UTTER_SERVER_SOCKET=socket)
        self.wait_for_daemon(daemon, socket)
        asked = self.utter("ask", "--session", "talk", "Tell me about Vienna", UTTER_SOCKET=socket)
        self.assertEqual((asked.returncode, asked.stderr), (0, ""))
        self.assertIn("Vienna", asked.stdout)

        running, status = self.cut(
            lambda *options: self.start(
                "ask", "--events", "--session", "talk", *options, "Tell me about Vienna", UTTER_SOCKET=socket),
            lambda running: self.server.kill())
        self.assertEqual(status, 69, self.errors())
        self.assertEqual(running.events[-1]["event"], "failed")
        self.assertTrue(running.text.strip())

        self.server.start()
        asked = self.utter("ask", "--session", "talk", "Hello?", UTTER_SOCKET=socket)
        self.assertEqual(asked.returncode, 0, asked.stderr)
        self.assertTrue(asked.stdout.strip())
        daemon.process.terminate()
        self.assertEqual(daemon.end(), 0, self.errors("daemon"))

    def wait_for_daemon(self, daemon, socket):
        deadline = threading.Event()
        for _ in range(10 * LIMIT):
            if self.utter("status", UTTER_SOCKET=socket).returncode == 0:
                return
            self.assertIsNone(daemon.process.poll(), self.errors("daemon"))
            deadline.wait(0.1)
        self.fail(f"the daemon does not answer: {self.errors('daemon')}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
