// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    @Suite("utter serve")
    struct Serve {
        /// An Ollama that loads its model at once.
        static let ollama = OllamaWire.server { request, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hello", " there."]))
        }

        @Test("tells the service manager that it is ready, that it reloads its settings, and that it stops")
        func states() async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            let manager = try DatagramSocket(utter.path("notify"))
            let environment = ["NOTIFY_SOCKET": utter.path("notify")]
            let end = try await utter.serve(environment: environment) { running in
                running.send(.hangUp)
                try await running.errors(holding: "The settings were reloaded.")
            }
            #expect(end.exitCode == 0)
            let states = manager.receiveAll().map { $0.split(separator: "\n").map(String.init) }
            #expect(states.first == ["READY=1"])
            let reload = states.firstIndex { $0.first == "RELOADING=1" } ?? 0
            #expect(states[reload].last?.hasPrefix("MONOTONIC_USEC=") == true)
            #expect(states[reload...].contains(["READY=1"]))
            #expect(states.contains(["STATUS=Ready: demo answers."]))
            #expect(states.last == ["STOPPING=1"])
        }

        @Test("feeds the watchdog")
        func watchdog() async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            let manager = try DatagramSocket(utter.path("notify"))
            let environment = ["NOTIFY_SOCKET": utter.path("notify"), "WATCHDOG_USEC": "60000000"]
            _ = try await utter.run(["serve", "--config", "config.yaml"], environment: environment) { running in
                while await manager.next() != "WATCHDOG=1" {}
                running.send(.terminate)
                try await running.end()
            }
        }

        @Test("makes the model load as for a question, and then read the system prompt")
        func preload() async throws {
            try await FaultServer.run(Self.ollama) { server in
                let utter = try UtterProgram(
                    config: """
                        model: {url: "\(server.url)", name: tiny, options: {num_ctx: 512}, keep_alive: 1h}
                        server: {listen: []}
                        """)
                let end = try await utter.serve { _ in }
                #expect(end.exitCode == 0)
                let bodies = server.requests.filter { $0.path == "/api/chat" }.map {
                    String(decoding: $0.body, as: UTF8.self)
                }
                #expect(bodies.count == 2)
                #expect(bodies.allSatisfy { $0.contains(#""num_ctx":512"#) && $0.contains(#""keep_alive":"1h""#) })
                #expect(bodies.first?.contains(#""messages":[]"#) == true)
                #expect(bodies.last?.contains("voice assistant") == true)
            }
        }

        @Test("reports once why the model can't be loaded, and tries again")
        func unreachable() async throws {
            let utter = try UtterProgram(
                config: "model: {url: \"http://127.0.0.1:9\", name: tiny}\nserver: {listen: []}\n")
            let end = try await utter.run(["serve", "--config", "config.yaml"]) { running in
                try await running.errors(holding: "The model can't be loaded yet; trying again:")
                running.send(.interrupt)
                try await running.end()
            }
            #expect(end.exitCode == 0)
            #expect(end.errors.contains("code=model_unreachable"))
        }

        @Test("keeps its settings if the file is broken, and names keys that need a restart")
        func reload() async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            let end = try await utter.serve { running in
                try Data("speech: {rate_wpm: fast}".utf8).write(to: URL(filePath: utter.path("config.yaml")))
                running.send(.hangUp)
                try await running.errors(holding: "The settings stay as they were")
                let config = "model: {provider: demo}\nspeech: {rate_wpm: 200}\nplayback: {device: \"null\"}\n"
                try Data(config.utf8).write(to: URL(filePath: utter.path("config.yaml")))
                running.send(.hangUp)
                try await running.errors(holding: "keys=")
            }
            #expect(end.exitCode == 0)
            #expect(end.errors.contains("config.yaml:1:20: speech.rate_wpm must be a whole number"))
            #expect(end.errors.contains("keys=playback.device,server.listen"), "\(end.errors)")
        }

        @Test("doesn't start with invalid settings, or with a voice that is not installed")
        func wrongSettings() async throws {
            let wrong = [
                ("server: {listen: [x]}", 78, "server.listen"), ("speech: {voice: klingonese}", 64, "klingonese"),
            ]
            for (config, exitCode, words) in wrong {
                let end = try await UtterProgram(config: config).run(["serve", "--config", "config.yaml"])
                #expect(end.exitCode == exitCode)
                #expect(end.errorLines.count == 1 && end.errors.contains(words), "\(end.errors)")
            }
        }
    }
}
