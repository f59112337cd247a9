// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Where text and sound go")
    struct Output {
        @Test(
            "A missing voice or device is reported, with the nearest one that exists",
            arguments: [
                (["--voice", "englsh"], 64, "Did you mean English?"), (["--voice", "cmm"], 64, "Did you mean cmn?"),
                (["--voice", "qqqqqq"], 64, "`utter voices` lists them"),
                (["--device", "defualt"], 69, "did you mean 'default'?"),
                (["--device", "nul"], 69, "did you mean 'null'?"),
                (["--device", "qqqqqq"], 69, "`utter devices` lists"),
            ])
        func nearest(arguments: [String], exitCode: Int, hint: String) async throws {
            let end = try await UtterProgram().run(["say", "Hi."] + arguments)
            #expect(end.exitCode == exitCode)
            end.expectOneSentence(arguments[1], hint)
        }

        @Test("Without a sound device the answer goes to a file, whose path is shown")
        func noDevice() async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(["say", "Hi there."], environment: utter.noSoundDevice())
            #expect(end.exitCode == 0)
            let file = try #require(utter.files(endingIn: ".wav").first)
            end.expectOneSentence("no sound device", utter.path(file))
            #expect(try #require(WAV(utter.read(file))).seconds > 0.3)
        }

        @Test("Notices that share a pipe with the text are on separate lines")
        func mergedOutput() async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(
                ["say", "Hi there."], environment: utter.noSoundDevice(), shell: #"exec "$@" 2>&1"#)
            #expect(end.exitCode == 0)
            let lines = end.text.split(separator: "\n")
            #expect(lines.count == 2 && lines.contains("Hi there."), "\(end.text)")
            #expect(lines.contains { $0.hasPrefix("utter: There is no sound device") }, "\(end.text)")
        }

        @Test("A device that another program uses is reported, and the text is still shown")
        func busy() async throws {
            let utter = try UtterProgram()
            try await BusySoundServer.run(at: utter.path("busy")) {
                writeFile(
                    utter.path("busy.conf"),
                    """
                    </usr/share/alsa/alsa.conf>
                    server.busy { host localhost  socket "\(utter.path("busy"))" }
                    pcm.busy { type shm  server busy  pcm default }

                    """)
                let end = try await utter.run(
                    ["say", "Hi there.", "--device", "busy"],
                    environment: ["ALSA_CONFIG_PATH": utter.path("busy.conf"), "UTTER_PLAYBACK_DEVICE_WAIT_S": "0"])
                #expect(end.exitCode == 69)
                #expect(end.text == "Hi there.\n")
                end.expectOneSentence("'busy' is in use by another program")
            }
        }

        @Test(
            "A file that can't be written is reported with the cause, and the text is still shown",
            arguments: [
                ("no/such/folder/a.wav", 73, "create its folder"), (".", 73, "it is a folder"),
                ("/dev/full", 74, "No space left on device"),
            ])
        func unwritable(path: String, exitCode: Int, cause: String) async throws {
            let end = try await UtterProgram().run(["say", "Hi there.", "--output", path])
            #expect(end.exitCode == exitCode)
            #expect(end.text == "Hi there.\n")
            end.expectOneSentence("'\(path)'", cause)
        }

        @Test("WAV on standard output is valid, and the text goes to standard error")
        func soundOnStandardOutput() async throws {
            let end = try await UtterProgram().run(["say", "Hi there.", "--output", "-"])
            #expect(end.exitCode == 0)
            #expect(end.errors == "Hi there.\n")
            let wav = try #require(WAV(end.output, isPipe: true))
            #expect(wav.seconds > 0.3 && wav.samples.contains { $0 != 0 })
        }

        @Test("A file named as another format than WAV is not written", arguments: ["a.mp3", "b.OGG"])
        func otherFormat(name: String) async throws {
            let end = try await UtterProgram().run(["say", "Hi there.", "--output", name])
            #expect(end.exitCode == 64)
            end.expectOneSentence("WAV", "convert")
        }

        @Test("Events and sound can't share standard output")
        func eventsAndSound() async throws {
            let end = try await UtterProgram().run(["say", "Hi.", "--events", "--output", "-"])
            #expect(end.exitCode == 64)
            #expect(end.output == [])
            end.expectOneSentence("--events", "--output -", "leave one out")
        }

        @Test(
            "A standard output that is closed, full or left by its reader is an error",
            arguments: [
                #"exec "$@" >&-"#, #"exec "$@" >/dev/full"#, #"exec "$@" --events >&-"#,
                #"exec "$@" --output - >&-"#, #"exec "$@" --output - >/dev/full"#,
            ])
        func brokenStandardOutput(shell: String) async throws {
            let end = try await UtterProgram().run(["say", "Hi there."], shell: shell)
            #expect(end.exitCode == 74)
            #expect(end.errors.contains("utter: "), "\(end.errors)")
            #expect(end.errorLines.filter { $0 != "Hi there." }.count == 1, "\(end.errors)")
        }

        @Test("A reader that leaves ends the answer, and the server is told to stop")
        func readerLeaves() async throws {
            let shell = #"{ "$@"; echo "exit code $?" >&2; } | head -n 1"#
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head)
                while true { try await connection.send(OllamaWire.chat("It goes on and on and never ends.\n")) }
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["ask", "Go on"] + server.options, shell: shell)
                #expect(end.text == "It goes on and on and never ends.\n")
                #expect(end.errorLines.count == 2, "\(end.errors)")
                #expect(end.errors.contains("Standard output failed (Broken pipe)"))
                #expect(end.errorLines.last == "exit code 74")
                _ = try await server.disconnect(on: "/api/chat")
            }
        }

        @Test("A standard input that is closed is an error", arguments: ["ask", "say", "sentences"])
        func closedInput(command: String) async throws {
            let end = try await UtterProgram().run([command], shell: #"exec "$@" <&-"#)
            #expect(end.exitCode == 66)
            end.expectOneSentence("Standard input is closed")
        }

        @Test(
            "A configuration that can't be read or is wrong is an error with its place", arguments: ["say", "config"])
        func configuration(command: String) async throws {
            let utter = try UtterProgram(config: "model:\n  urll: x\nspeech: {rate_wpm: fast}\n")
            let arguments = command == "say" ? ["say", "Hi."] : ["config", "check"]
            let wrong = try await utter.run(arguments + ["--config", "config.yaml"])
            #expect(wrong.exitCode == 78)
            #expect(
                wrong.errorLines == [
                    #"config.yaml:2:3: unknown key "urll"; did you mean "url"?"#,
                    #"config.yaml:3:20: speech.rate_wpm must be a whole number from 80 to 450, not "fast""#,
                ])
            let missing = try await utter.run(arguments + ["--config", "missing.yaml"])
            #expect(missing.exitCode == 78)
            #expect(missing.errorLines.count == 1 && missing.errors.contains("missing.yaml"), "\(missing.errors)")
            let folder = try await utter.run(arguments + ["--config", "."])
            #expect(folder.exitCode == 78)
            #expect(folder.errorLines.count == 1 && folder.errors.contains("Is a directory"), "\(folder.errors)")
        }

        @Test("The timeline has a row for each piece")
        func timeline() async throws {
            let end = try await UtterProgram().run(["say", "One bird. Two cats. Three dogs.", "--timeline"])
            #expect(end.exitCode == 0)
            #expect(end.text == "One bird. Two cats. Three dogs.\n")
            let rows = end.errorLines.filter { $0.hasSuffix(".") }
            #expect(rows.count == 3, "\(end.errors)")
            for (row, text) in zip(rows, ["One bird.", "Two cats.", "Three dogs."]) { #expect(row.hasSuffix(text)) }
        }
    }
}
