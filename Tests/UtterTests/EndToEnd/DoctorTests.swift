// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The doctor")
    struct DoctorProgram {
        @Test("A server that doesn't respond is reported once")
        func unreachable() async throws {
            let url = try await FaultServer.run { _, _ in
            } while: { server in
                server.url
            }
            let end = try await UtterProgram().run(["doctor", "--url", url])
            #expect(end.exitCode == 69)
            #expect(end.text.split(separator: url).count == 2, "\(end.text)")
            #expect(end.text.contains("  FAIL  model         for the same reason\n"))
            #expect(end.text.contains("  ok    daemon        none; the commands speak themselves\n"))
        }

        @Test(
            "If the demo answers, a missing server is not a failure",
            .enabled(if: OllamaPort.isUsable, "\(OllamaPort.reasonToSkip)"))
        func demo() async throws {
            let utter = try UtterProgram()
            let end = try await OllamaPort.alone { try await utter.run(["doctor"], environment: utter.noSoundDevice()) }
            #expect(end.exitCode == 0)
            #expect(end.text.contains("  note  server        none; the built-in demo answers"), "\(end.text)")
            #expect(end.text.contains("  note  model         none; with Ollama running: ollama pull "), "\(end.text)")
        }

        @Test("A device that can't be opened is reported, and a missing one is not a failure")
        func device() async throws {
            let unknown = try await UtterProgram().run(["doctor", "--provider", "demo", "--device", "plughw:9,0"])
            #expect(unknown.exitCode == 69)
            #expect(unknown.text.contains("  FAIL  device        Device 'plughw:9,0' is not"), "\(unknown.text)")
            let utter = try UtterProgram()
            let end = try await utter.run(["doctor", "--provider", "demo"], environment: utter.noSoundDevice())
            #expect(end.exitCode == 0)
            #expect(end.text.contains("  note  device        there is no sound device"), "\(end.text)")
        }

        @Test(
            "The daemon is examined too",
            arguments: [
                ("0.1.0", nil, "  ok    daemon        0.1.0 at "),
                ("0.1.0", "The model is being loaded.", "/utter.sock is not ready: The model is being loaded.\n"),
                ("9.9.9", nil, "  note  daemon        9.9.9 runs, and this is 0.1.0"),
            ] as [(String, String?, String)])
        func daemon(version: String, missing: String?, line: String) async throws {
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            let end = try await FaultServer.run(at: socket) { _, connection in
                try await connection.send(HTTPWire.reply(DaemonWire.status(version: version, missing: missing)))
            } while: { _ in
                try await utter.run(["doctor", "--provider", "demo"], environment: ["UTTER_SOCKET": socket])
            }
            #expect(end.text.contains(line), "\(end.text)")
            #expect(end.exitCode == 0)
        }
    }
}
