#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in the virtual machine: takes {"id", "command", "limit"} as a line of JSON from a virtio port, runs it with bash, and
answers {"id", "status", "output"}."""

import json
import os
import subprocess
import time

PORT = "/dev/virtio-ports/utter.agent"


def run(command, limit):
    # A file, not a pipe: what is left running in the background does not hold up the answer.
    with open("/run/vm-agent.out", "w+b") as out:
        process = subprocess.Popen(
            ["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd="/root",
            start_new_session=True, env=dict(os.environ, HOME="/root", LC_ALL="C.UTF-8"))
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = 124
        out.seek(0)
        return status, out.read()[-60000:].decode(errors="replace")


def send(port, reply):
    data = json.dumps(reply).encode() + b"\n"
    while data:
        data = data[os.write(port, data):]


def main():
    while not os.path.exists(PORT):
        time.sleep(0.2)
    port = os.open(PORT, os.O_RDWR)
    waiting = b""
    while True:
        data = os.read(port, 65536)
        if not data:
            time.sleep(0.2)  # nobody is connected
        *lines, waiting = (waiting + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            status, output = run(request["command"], request["limit"])
            send(port, {"id": request["id"], "status": status, "output": output})


main()
