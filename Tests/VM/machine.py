# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual machine from outside: its start and end, commands in it, and QEMU's control socket. $UTTER_VM is its folder."""

import base64
import itertools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

FOLDER = pathlib.Path(os.environ["UTTER_VM"])


class Machine:
    numbers = itertools.count(os.getpid() * 100000)

    def boot(self):
        """Returns when commands can be run. What is written to the disk is forgotten at the end."""
        for name in ("qmp", "agent", "hda.wav", "usb.wav"):
            (FOLDER / name).unlink(missing_ok=True)
        # Without arch-capabilities, since nested virtualization may not allow them.
        fast = ["-accel", "kvm", "-cpu", "host,arch-capabilities=off"]
        # Inside another virtual machine KVM may be slower than no KVM.
        if not os.access("/dev/kvm", os.W_OK) or "UTTER_VM_TCG" in os.environ:
            fast = ["-accel", "tcg", "-cpu", "max"]
        with open(FOLDER / "qemu.log", "w") as log:
            self.process = subprocess.Popen(
                ["qemu-system-x86_64", *fast, "-m", "1024", "-smp", "1", "-display", "none",
                 "-qmp", "unix:qmp,server=on,wait=off", "-serial", "file:serial.log",
                 "-kernel", "vmlinuz", "-initrd", "initrd", "-append", "root=/dev/sda rw console=ttyS0 quiet",
                 "-drive", "file=disk.img,format=raw,snapshot=on",
                 "-device", "virtio-serial-pci", "-chardev", "socket,id=agent,path=agent,server=on,wait=off",
                 "-device", "virtserialport,chardev=agent,name=utter.agent",
                 "-audiodev", "wav,id=a0,path=hda.wav", "-audiodev", "wav,id=a1,path=usb.wav",
                 "-device", "intel-hda", "-device", "hda-output,audiodev=a0",
                 "-device", "qemu-xhci,id=xhci", "-device", "usb-audio,id=speaker,bus=xhci.0,audiodev=a1",
                 "-nic", "user,restrict=on"],
                cwd=FOLDER, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.answers(400)

    def answers(self, limit):
        """Waits until commands can be run."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            try:
                return self.run("true", 20)
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.5)
        raise SystemExit(f"the machine does not answer; see {FOLDER}/serial.log")

    def quit(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def run(self, command, limit=60):
        """The exit status and the output of a command in the machine."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(limit + 30)
            connection.connect(str(FOLDER / "agent"))
            number = next(self.numbers)
            request = {"id": number, "command": command, "limit": limit}
            connection.sendall(json.dumps(request).encode() + b"\n")
            for line in connection.makefile("rb"):
                reply = json.loads(line)
                if reply["id"] == number:
                    return reply["status"], reply["output"].strip()
        raise ConnectionError("QEMU hung up")

    def output(self, command, limit=60):
        return self.run(command, limit)[1]

    def fetch(self, path):
        text = ""
        self.run(f"base64 -w0 {path} >/tmp/fetched")
        while part := self.output(f"tail -c +{len(text) + 1} /tmp/fetched | head -c 50000"):
            text += part
        return base64.b64decode(text)

    def control(self, command, **arguments):
        """A command of QEMU's QMP."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(20)
            connection.connect(str(FOLDER / "qmp"))
            stream = connection.makefile("rw")
            stream.readline()
            for name, values in (("qmp_capabilities", {}), (command, arguments)):
                stream.write(json.dumps({"execute": name, "arguments": values}) + "\n")
                stream.flush()
                while not {"return", "error"} & set(reply := json.loads(stream.readline())):
                    pass
            return reply

    # What the speaker recorded. QEMU begins the file anew when the speaker is plugged in.

    def unplug(self):
        self.control("device_del", id="speaker")
        self.wait("! grep -q Audio /proc/asound/cards")
        shutil.copy(FOLDER / "usb.wav", FOLDER / "usb-before.wav")

    def plug_in(self):
        self.control("device_add", driver="usb-audio", id="speaker", bus="xhci.0", audiodev="a1")
        self.wait("grep -q Audio /proc/asound/cards")

    def wait(self, condition, limit=60):
        status, _ = self.run(f"for i in $(seq {limit * 10}); do {{ {condition}; }} && exit 0; sleep 0.1; done; exit 1", limit + 30)
        return status == 0

    def recorded(self, card="usb"):
        """The bytes so far: a place in the recording."""
        try:
            return max(0, (FOLDER / f"{card}.wav").stat().st_size - 44)
        except FileNotFoundError:
            return 0
