#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The package in a virtual machine: see scripts/vm-test. Each step adds rows to a table.

    run.py [STEP...]   the steps, by default all of them; install comes first in any case
    run.py --list      what they are
"""

import json
import shutil
import sys
import time

import machine
import model
import recording

SPEAKER = "plughw:CARD=Audio,DEV=0"
TIMES = 10


class Asked:
    """`utter ask` in the background: its events, its messages, its exit status."""

    count = 0

    def __init__(self, vm, options=""):
        Asked.count += 1
        self.vm, self.file = vm, f"/run/ask-{Asked.count}"
        vm.run(f"(utter ask --events {options} 'What is it?' >{self.file} 2>{self.file}.errors </dev/null; "
               f"echo $? >{self.file}.status) >/dev/null 2>&1 &")

    def until(self, event, count=1):
        self.vm.wait(f"[ $(grep -c '\"event\":\"{event}\"' {self.file}) -ge {count} ] || [ -s {self.file}.status ]")
        return self

    def end(self, limit=120):
        self.vm.wait(f"[ -s {self.file}.status ]", limit)
        self.status = self.vm.output(f"cat {self.file}.status")
        self.errors = self.vm.output(f"cat {self.file}.errors")
        lines = self.vm.output(f"grep -v '\"event\":\"\\(word\\|text\\)\"' {self.file}").splitlines()
        self.events = [json.loads(line) for line in lines]
        self.notices = [event.get("code") for event in self.events if event["event"] == "notice"]
        return self


class Test:
    def __init__(self):
        self.vm = machine.Machine()
        self.rows = []

    def row(self, what, seen, holds):
        self.rows.append((what, seen, holds))
        print(f"{'ok   ' if holds else 'FAULT'} | {what} | {seen}", flush=True)

    def configure(self, **settings):
        """Restarts the daemon with these settings, given as variables."""
        lines = "".join(f"Environment='UTTER_{name}={value}'\\n" for name, value in settings.items())
        self.vm.run("mkdir -p /run/systemd/system/utter.service.d; "
                    f"printf \"[Service]\\n{lines}\" >/run/systemd/system/utter.service.d/test.conf; "
                    "systemctl daemon-reload; systemctl restart utter")
        return self.ready()

    def ready(self):
        return self.vm.wait("curl -sf -o /dev/null localhost:8473/readyz")

    def property(self, name):
        return self.vm.output(f"systemctl show -P {name} utter")

    def hears(self, parts, what, told="", again=1):
        """One row: every sentence was heard, and at most `again` of them twice."""
        counts = recording.counts(parts, self.patterns)
        twice = sum(count - 1 for count in counts if count > 1)
        holds = all(counts) and twice <= again and max(counts) <= 2
        self.row(what, f"sentences heard {counts}{told}", holds)
        if not holds:
            for name in ("usb", "usb-before", "hda"):
                if (machine.FOLDER / f"{name}.wav").exists():
                    shutil.copy(machine.FOLDER / f"{name}.wav", machine.FOLDER / f"fault-{len(self.rows)}-{name}.wav")

    # The steps.

    def install(self):
        """dpkg -i, a start, and the voice's process under systemd"""
        self.vm.wait("! systemctl is-system-running | grep -q starting")
        status, output = self.vm.run("dpkg -i /root/utter.deb", 120)
        self.row("dpkg -i", f"exit {status}", status == 0 or output)
        self.vm.run("systemctl start ollama; systemctl enable --now utter")
        self.row("the daemon runs", self.property("ActiveState"), self.configure(PLAYBACK_DEVICE=SPEAKER))
        filters = self.vm.output(
            "for p in $(cat /sys/fs/cgroup/system.slice/utter.service/cgroup.procs); do "
            "echo $(cat /proc/$p/comm) $(grep Seccomp_filters /proc/$p/status); done").splitlines()
        counts = [int(line.split()[-1]) for line in filters]
        # The voice's process has the unit's filters and one of its own.
        self.row("processes and their seccomp filters", ", ".join(filters), len(counts) == 2 and counts[1] > counts[0] > 0)
        # Each sentence alone, as a pattern.
        self.patterns = []
        for sentence in model.SENTENCES:
            self.vm.run(f"utter say --output /tmp/pattern.wav '{sentence}'")
            self.patterns.append(recording.trimmed(recording.of_file(self.vm.fetch("/tmp/pattern.wav"))))

    def sound(self, start=0, name="usb"):
        with open(machine.FOLDER / f"{name}.wav", "rb") as file:
            file.seek(44 + start // 4 * 4)
            return recording.loudness(file.read(), recording.RATE, 2)

    def speak(self):
        """an answer on both cards"""
        for card, device in (("usb", SPEAKER), ("hda", "plughw:CARD=Intel,DEV=0")):
            self.configure(PLAYBACK_DEVICE=device)
            start = self.vm.recorded(card)
            asked = Asked(self.vm).end()
            time.sleep(1)  # QEMU writes what the card has taken
            self.hears(self.sound(start, card), f"an answer on {card}", f", exit {asked.status}", again=0)

    def unplug(self):
        """unplugged in the middle of a sentence and back after 5 s, ten times"""
        self.configure(PLAYBACK_DEVICE=SPEAKER)
        for number in range(TIMES):
            start = self.vm.recorded()
            asked = Asked(self.vm).until("heard", 1 + number % 6)
            time.sleep(0.3 + number / 10)
            self.vm.unplug()
            time.sleep(5)
            self.vm.plug_in()
            asked.end()
            time.sleep(1)
            parts = self.sound(start, "usb-before") + self.sound()
            told = f", told {', '.join(asked.notices)}, exit {asked.status}"
            self.hears(parts, f"unplugged for 5 s, {number + 1}", told)
        self.row("the same daemon", f"NRestarts {self.property('NRestarts')}", self.property("NRestarts") == "0")

    def away(self):
        """unplugged for longer than device_wait_s, with and without a fallback"""
        for fallback in ("[]", '["plughw:CARD=Intel,DEV=0"]'):
            self.configure(PLAYBACK_DEVICE=SPEAKER, PLAYBACK_DEVICE_WAIT_S=3,
                           PLAYBACK_FALLBACK_DEVICES=fallback.replace('"', '\\"'))
            start, other = self.vm.recorded(), self.vm.recorded("hda")
            asked = Asked(self.vm).until("heard", 2)
            self.vm.unplug()
            asked.end()
            time.sleep(1)
            if fallback == "[]":
                code = asked.events[-1].get("code")
                self.row("away for good", f"{code}, exit {asked.status}: {asked.errors}", code == "device_missing")
            else:
                parts = self.sound(start, "usb-before") + self.sound(other, "hda")
                self.hears(parts, "away, another card takes over", f", exit {asked.status}")
            self.vm.plug_in()
            time.sleep(1)
            start = self.vm.recorded()
            asked = Asked(self.vm).end()
            time.sleep(1)
            self.hears(self.sound(start), "plugged in again, the next answer", f", exit {asked.status}", again=0)

    def kill(self):
        """kill -9 in the middle of an answer, ten times"""
        self.configure(PLAYBACK_DEVICE=SPEAKER)
        for number in range(TIMES):
            start = self.vm.recorded()
            # By then the model has finished: what it had not sent could not be said.
            asked = Asked(self.vm, "--session kept").until("heard", 3 + number % 4)
            time.sleep(number / 10)
            self.vm.run("kill -9 $(systemctl show -P MainPID utter)")
            asked.end()
            self.ready()
            self.vm.wait("utter status | grep -q 'speaking *nothing'", 90)
            time.sleep(1)
            told = f", exit {asked.status}: {asked.errors}"
            self.hears(self.sound(start), f"kill -9, {number + 1}", told)

    def suspend(self):
        """to memory and back in the middle of an answer"""
        self.configure(PLAYBACK_DEVICE=SPEAKER)
        start = self.vm.recorded()
        asked = Asked(self.vm).until("heard", 2)
        self.vm.run("(sleep 1; echo mem >/sys/power/state) >/dev/null 2>&1 &")
        for _ in range(200):
            if self.vm.control("query-status")["return"]["status"] == "suspended":
                break
            time.sleep(0.1)
        time.sleep(3)
        self.vm.control("system_wakeup")
        self.vm.answers(90)
        asked.end()
        time.sleep(1)
        # QEMU may begin the file anew.
        whole = self.sound(start if self.vm.recorded() > start else 0)
        self.hears(whole, "suspended to memory", f", exit {asked.status}, told {', '.join(asked.notices)}")
        asked = Asked(self.vm).end()
        self.row("the next answer", f"exit {asked.status}", asked.status == "0")

    def disk(self):
        """no room on the disk"""
        self.configure(PLAYBACK_DEVICE=SPEAKER)
        self.vm.run("dd if=/dev/zero of=/filler bs=1M 2>/dev/null; dd if=/dev/zero of=/filler2 bs=4k 2>/dev/null", 300)
        free = self.vm.output("df --output=avail / | tail -1")
        asked = Asked(self.vm, "--session full").end()
        self.row("full disk: an answer", f"{free} KB free, exit {asked.status}", asked.status == "0")
        status, output = self.vm.run("utter set volume=80")
        self.row("full disk: utter set", f"exit {status}: {output}", status == 0)
        log = self.vm.output("journalctl -u utter -o cat | grep -i 'can.t be\\|no space' | tail -1")
        self.row("full disk: the journal", log, bool(log))
        self.vm.run("rm -f /filler /filler2")
        self.vm.wait("grep -q 80 /var/lib/utter/controls.json")
        asked = Asked(self.vm, "--session full").end()
        self.configure(PLAYBACK_DEVICE=SPEAKER)
        kept = self.vm.output("curl -s localhost:8473/v1/sessions/full; utter status | grep sound")
        both = kept.count('"question"') == 2 and "80" in kept
        self.row("room again: what was kept over a restart", "both questions, the volume" if both else kept, both)


STEPS = ("install", "speak", "unplug", "away", "kill", "suspend", "disk")


def main(names):
    if names == ["--list"]:
        for name in STEPS:
            print(f"{name:10}{getattr(Test, name).__doc__}")
        return 0
    test = Test()
    test.vm.boot()
    try:
        for name in STEPS:
            if not names or name in names or name == "install":
                getattr(test, name)()
    finally:
        test.vm.quit()
    print("\n| what | seen | |\n|---|---|---|")
    for what, seen, holds in test.rows:
        print(f"| {what} | {seen} | {'ok' if holds else '**fault**'} |")
    return 0 if all(holds for _, _, holds in test.rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
