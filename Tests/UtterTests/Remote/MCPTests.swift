// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd.WithDaemon {
    @Suite("utter mcp")
    struct MCP {
        private static let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"status"}}"#
        private static let ping = #"{"jsonrpc":"2.0","id":"p","method":"ping"}"#
        private static let initialized = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        private static let cancelled =
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#

        /// Replies to each message with the message, in more than one line.
        private static let echo: FaultServer.Script = { request, connection in
            try await connection.send(HTTPWire.reply("\n\(request.text)\n"))
        }

        @Test("passes each line to the daemon and its replies back, until the input ends")
        func messages() async throws {
            let answering: FaultServer.Script = { request, connection in
                if request.text == Self.initialized {
                    return try await connection.send("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
                }
                try await Self.echo(request, connection)
            }
            try await EndToEnd.WithDaemon.daemon(answering) { utter, environment, server in
                let input = "\(Self.initialized)\n\n\(Self.call)\n\(Self.ping)"
                let end = try await utter.run(["mcp"], input: Array(input.utf8), environment: environment)
                #expect(end.exitCode == 0 && end.errors == "")
                let inOrder = [Self.call, Self.ping, ""].joined(separator: "\n")
                #expect(end.text == inOrder || end.text == [Self.ping, Self.call, ""].joined(separator: "\n"))
                #expect(server.requests.allSatisfy { $0.method == "POST" && $0.path == "/mcp" })
                #expect(server.requests.count == 3)
            }
        }

        @Test("ends the request of a cancelled call, and answers the others")
        func cancel() async throws {
            let answering: FaultServer.Script = { request, connection in
                if request.text == Self.call { return try await connection.staySilent() }
                try await Self.echo(request, connection)
            }
            try await EndToEnd.WithDaemon.daemon(answering) { utter, environment, server in
                let end = try await utter.run(["mcp"], input: nil, environment: environment) { running in
                    try await running.write(Array("\(Self.call)\n".utf8))
                    _ = try await server.request()
                    try await running.write(Array("\(Self.cancelled)\n".utf8))
                    _ = try await server.disconnect(on: "/mcp")
                    try await running.write(Array("\(Self.ping)\n".utf8))
                }
                #expect(end.exitCode == 0 && end.errors == "")
                #expect(end.text == Self.ping + "\n")
            }
        }

        @Test("replies with the fault to a call that the daemon can't accept")
        func noDaemon() async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(
                ["mcp"], input: Array("\(Self.initialized)\n\(Self.call)\n".utf8),
                environment: ["UTTER_SOCKET": utter.path("none.sock")])
            #expect(end.exitCode == 0 && end.errors == "")
            #expect(end.text.hasPrefix(#"{"error":{"code":-32000,"message":"No daemon "#))
            #expect(end.text.hasSuffix(#""},"id":1,"jsonrpc":"2.0"}"# + "\n"))
        }

        @Test("says so if a message never ends")
        func endless() async throws {
            try await EndToEnd.WithDaemon.daemon(Self.echo) { utter, environment, _ in
                let input = [UInt8](repeating: UInt8(ascii: "x"), count: 1_100_000)
                let end = try await utter.run(["mcp"], input: input, environment: environment)
                #expect(end.exitCode == 65)
                #expect(end.errors.contains("longer than 1 MiB"))
            }
        }
    }
}
