// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

private let nginx = InstalledProgram("nginx")

extension EndToEnd {
    @Suite("Behind nginx with docs/nginx.conf", .enabled(if: nginx.isInstalled, "needs nginx: install nginx-light"))
    struct Proxy {
        /// Runs the daemon on its own port, and nginx on a socket in front of it.
        private static func run(
            chat: @escaping FaultServer.Script,
            _ body: (_ proxy: String, _ utter: UtterProgram, FaultServer) async throws -> Void
        ) async throws {
            let reserved = try ReservedPort()
            defer { withExtendedLifetime(reserved) {} }
            let address = "127.0.0.1:\(reserved.port)"
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: chat)) { server in
                let utter = try UtterProgram(
                    config: """
                        model: {url: "\(server.url)", name: tiny}
                        server: {listen: ["\(address)"], allowed_hosts: [speaker.test]}
                        """)
                let settings = try configuration(of: utter, before: address)
                try await utter.serve { _ in
                    let start = try await nginx.run(settings)
                    #expect(start.succeeded, "\(start.printed)")
                    let result = await Result(catching: { try await body(utter.path("nginx.sock"), utter, server) })
                    _ = try await nginx.run(settings + ["-s", "stop"])
                    try result.get()
                }
            }
        }

        /// - Returns: nginx's arguments.
        private static func configuration(of utter: UtterProgram, before address: String) throws -> [String] {
            let root = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
            let example = try String(contentsOfFile: "/\(root)/docs/nginx.conf", encoding: .utf8)
            #expect(example.contains("http://127.0.0.1:8473"))
            let folder = utter.folder
            let text = """
                pid \(folder)/nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path \(folder)/body;
                    proxy_temp_path \(folder)/proxy;
                    server {
                        listen unix:\(folder)/nginx.sock;
                        \(example.replacing("127.0.0.1:8473", with: address))
                    }
                }
                """
            try Data(text.utf8).write(to: URL(filePath: utter.path("nginx.conf")))
            return ["-p", folder, "-c", utter.path("nginx.conf"), "-e", utter.path("nginx.log")]
        }

        private static let endless: FaultServer.Script = { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
            try await connection.staySilent()
        }

        @Test("events arrive one by one, and a client that hangs up stops its answer")
        func events() async throws {
            try await Self.run(chat: Self.endless) { proxy, utter, server in
                // The answer never ends, so what arrives was not buffered.
                let reply = try await HTTPExchange.send(
                    "POST /v1/ask", json: #"{"prompt":"Why?"}"#, headers: ["Accept: text/event-stream"], to: proxy,
                    host: "speaker.test", until: "event: heard")
                #expect(reply.status == 200)
                _ = try await server.disconnect(on: "/api/chat")
            }
        }

        @Test("OpenAI's chunks arrive one by one, too")
        func chunks() async throws {
            try await Self.run(chat: Self.endless) { proxy, utter, server in
                let call = #"{"messages":[{"role":"user","content":"Why?"}],"stream":true}"#
                let reply = try await HTTPExchange.send(
                    "POST /v1/chat/completions", json: call, to: proxy, until: "scatters")
                #expect(reply.status == 200)
                _ = try await server.disconnect(on: "/api/chat")
            }
        }

        @Test("the daemon sees the name that the client used")
        func host() async throws {
            try await Self.run(chat: Self.endless) { proxy, utter, _ in
                let own = try await HTTPExchange.send("GET /v1/status", to: proxy, host: "speaker.test")
                #expect(own.status == 200)
                let page = try await HTTPExchange.send(
                    "POST /v1/stop", json: "{}", headers: ["Origin: http://speaker.test"], to: proxy,
                    host: "speaker.test")
                #expect(page.status == 200, "\(page)")
                let foreign = try await HTTPExchange.send("GET /v1/status", to: proxy, host: "evil.test")
                #expect(foreign.status == 421, "\(foreign)")
                let other = try await HTTPExchange.send(
                    "POST /v1/stop", json: "{}", headers: ["Origin: http://evil.test"], to: proxy, host: "speaker.test")
                #expect(other.status == 403, "\(other)")
            }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
