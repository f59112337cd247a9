// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTP
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The daemon's sockets")
    struct ServedSocket {
        static let demo = "model: {provider: demo}\n"
        static let serve = ["serve", "--config", "config.yaml"]

        @Test("are named when it starts")
        func names() async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: [\"127.0.0.1:0\"]}\n")
            _ = try await utter.run(Self.serve) { running in
                try await running.errors(holding: "Listening on \(utter.daemon), 127.0.0.1:")
                running.send(.terminate)
                try await running.end()
            }
        }

        static let refused: [(server: String, words: String)] = [
            ("listen: [\"0.0.0.0:0\"]", "would let anybody on the network"),
            ("listen: [\"[::]:0\"]", "would let anybody on the network"),
            ("listen: [\"127.255.255.254.example:80\"]", "not an address"),
            ("listen: [\"192.0.2.1:80\"], allowed_networks: [10.0.0.1]", "192.0.2.1:80"),
            ("listen: [], socket: off", "Nobody could reach the daemon"),
            ("listen: [], socket: /proc/utter.sock", "/proc/utter.sock"),
        ]

        @Test("that can't be used, or would be open to everyone, are a configuration fault", arguments: refused)
        func refusal(server: String, words: String) async throws {
            let end = try await UtterProgram(config: Self.demo + "server: {\(server)}\n").run(Self.serve)
            #expect(end.exitCode == 78)
            #expect(end.errorLines.count == 1 && end.errors.contains(words), "\(end.errors)")
        }

        static let refusedWyoming: [(settings: String, words: String)] = [
            ("satellite: \"0.0.0.0:0\"", "Wyoming has no password"),
            ("handle: \"[::]:0\"", "Set server.allowed_networks"),
            ("tts: \"127.255.255.254.example:80\"", "not an address"),
            ("satellite: \"127.0.0.1:10400\", handle: \"127.0.0.1:10400\"", "needs an address of its own"),
        ]

        @Test("of Wyoming are refused in the same way, even with a token", arguments: refusedWyoming)
        func refusalOfWyoming(settings: String, words: String) async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: []}\nwyoming: {\(settings)}\n")
            let end = try await utter.run(Self.serve, environment: ["UTTER_SERVER_TOKEN": "secret"])
            #expect(end.exitCode == 78)
            #expect(end.errorLines.count == 1 && end.errors.contains(words), "\(end.errors)")
        }

        @Test("of Wyoming answer a client, each with what it offers")
        func wyoming() async throws {
            let ports = [try ReservedPort(), try ReservedPort()]
            let settings = """
                server: {listen: []}
                wyoming: {satellite: "127.0.0.1:\(ports[0].port)", tts: "127.0.0.1:\(ports[1].port)", \
                handle: "127.0.0.1:\(ports[1].port)"}

                """
            let utter = try UtterProgram(config: Self.demo + settings)
            try await utter.serve { _ in
                for (port, offers) in zip(ports, [["satellite"], ["tts", "handle"]]) {
                    let stream = try await ByteStream.connect(
                        to: .tcp(host: "127.0.0.1", port: port.port, isSecure: false), within: .seconds(100))
                    stream.send(Array("{\"type\": \"describe\"}\n".utf8))
                    var text = ""
                    for try await bytes in stream.received {
                        text += String(decoding: bytes, as: UTF8.self)
                        if offers.allSatisfy({ text.contains("\"\($0)\":{") || text.contains("\"\($0)\":[{") }) {
                            break
                        }
                    }
                    #expect(text.hasPrefix("{") && text.contains("Utter on "))
                }
            }
        }

        @Test("may be open to the network with a token")
        func token() async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: [\"0.0.0.0:0\"]}\n")
            _ = try await utter.run(Self.serve, environment: ["UTTER_SERVER_TOKEN": "secret"]) { running in
                try await running.errors(holding: "Listening on")
                // Whoever may open the unix socket doesn't need one.
                #expect(try await HTTPExchange.send("GET /v1/status", to: utter.daemon).status == 200)
                running.send(.terminate)
                try await running.end()
            }
        }

        @Test("are not taken from another daemon; what one left behind is replaced")
        func twoDaemons() async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: []}\n")
            _ = try await utter.run(Self.serve) { running in
                try await running.errors(holding: "Listening on")
                let second = try await utter.run(Self.serve)
                #expect(second.exitCode == 78 && second.errors.contains("another daemon"), "\(second.errors)")
                #expect(try await HTTPExchange.send("GET /healthz", to: utter.daemon).status == 200)
                running.send(.kill)
                try await running.end()
            }
            _ = try await utter.run(Self.serve) { running in
                try await running.errors(holding: "Listening on")
                #expect(try await HTTPExchange.send("GET /healthz", to: utter.daemon).status == 200)
                running.send(.terminate)
                try await running.end()
            }
        }

        private static let fewDescriptors = "ulimit -n 40; exec \"$@\""
        private static let shortage = "Connections can't be accepted now"

        @Test("accept clients again after descriptors had run out, and report it once")
        func shortage() async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: []}\n")
            let end = try await utter.run(Self.serve, shell: Self.fewDescriptors) { running in
                try await running.errors(holding: "Listening on")
                try await HTTPExchange.holdConnections(40, to: utter.daemon) {
                    try await running.errors(holding: Self.shortage)
                }
                #expect(try await HTTPExchange.send("GET /healthz", to: utter.daemon).status == 200)
                running.send(.terminate)
                try await running.end()
            }
            #expect(end.exitCode == 0)
            #expect(end.errorLines.count { $0.contains(Self.shortage) } == 1, "\(end.errors)")
        }

        @Test("may use up all descriptors: the daemon has those for its timers")
        func timers() async throws {
            let utter = try UtterProgram(config: Self.demo + "server: {listen: []}\n")
            let end = try await utter.run(Self.serve, shell: Self.fewDescriptors) { running in
                try await running.errors(holding: "The model is loaded.")
                try await HTTPExchange.holdConnections(40, to: utter.daemon) {
                    try await running.errors(holding: Self.shortage)
                    // It waits a moment before it exits.
                    running.send(.terminate)
                    try await running.end()
                }
            }
            #expect(end.exitCode == 0, "\(end.errors)")
        }

        static let activator = "/usr/bin/systemd-socket-activate"

        @Test(
            "may be passed by systemd; those in the settings are then not used",
            .enabled(
                if: FileManager.default.isExecutableFile(atPath: activator) || SoundWorld.mustRun,
                "systemd-socket-activate is not installed"))
        func activation() async throws {
            let utter = try UtterProgram(config: Self.demo)
            let socket = utter.path("given.sock")
            let keep = ["HOME", "XDG_RUNTIME_DIR", "ALSA_CONFIG_PATH"].map { "-E \($0)" }.joined(separator: " ")
            let shell = "exec \(Self.activator) \(keep) -l \(socket) \"$@\""
            _ = try await utter.run(Self.serve, shell: shell) { running in
                try await running.errors(holding: "Listening on \(socket) as")
                // The first connection starts the daemon.
                #expect(try await HTTPExchange.send("GET /healthz", to: socket).status == 200)
                try await running.errors(holding: "Listening on \(socket).")
                running.send(.terminate)
                try await running.end()
            }
        }
    }
}
