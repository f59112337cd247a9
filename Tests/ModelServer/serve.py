#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""serve.py PORT: the real llama.cpp server with the small model beside this file, on loopback, until it is ended.

One request at a time, a context of 512 tokens. Port 0 takes a free one. Says where it listens on its standard output.
"""

import pathlib
import signal
import sys

import xllamacpp

here = pathlib.Path(__file__).resolve().parent
parameters = xllamacpp.CommonParams()
parameters.model.path = str(here / "tiny.gguf")
parameters.chat_template = (here / "chat_template.jinja").read_text()
parameters.n_ctx, parameters.n_parallel, parameters.cpuparams.n_threads = 512, 1, 1
parameters.port = int(sys.argv[1])
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
signal.pause()
