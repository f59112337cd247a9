// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    @Suite("A chat")
    struct Chat {
        @Test("Each line of standard input is asked in order, and the model is told what was said before")
        func piped() async throws {
            let replies = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["Good ", "answer."]))
            }
            try await FaultServer.run(replies) { server in
                let end = try await UtterProgram().run(
                    ["chat"] + server.options, input: Array("First?\n\n/rate\r\n你好吗".utf8))
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.text == "Good answer.\nGood answer.\n")
                #expect(end.errors == "rate: 175 words per minute\n")
                let last = try #require(server.requests.last { $0.path == "/api/chat" })
                #expect(last.text.contains("First?") && last.text.contains("Good answer.") && last.text.contains("你好吗"))
            }
        }

        @Test("A fault is reported, the chat goes on, and the exit code is that of the fault")
        func fault() async throws {
            let replies = OllamaWire.server { request, connection in
                guard request.text.contains("Second?") else {
                    let reply = HTTPWire.reply(#"{"error":"boom"}"#, status: "500 Internal Server Error")
                    return try await connection.send(reply)
                }
                try await connection.send(OllamaWire.chat(tokens: ["Good."]))
            }
            try await FaultServer.run(replies) { server in
                let end = try await UtterProgram().run(
                    ["chat"] + server.options, input: Array("First?\nSecond?\n".utf8))
                #expect(end.exitCode == 69)
                #expect(end.text == "Good.\n")
                end.expectOneSentence("boom")
            }
        }

        @Test("SIGINT only stops the answer; without one it ends the chat")
        func signal() async throws {
            let replies = OllamaWire.server { request, connection in
                guard request.text.contains("Second?") else {
                    try await connection.send(OllamaWire.head + OllamaWire.chat("This goes on "))
                    return try await connection.staySilent()
                }
                try await connection.send(OllamaWire.chat(tokens: ["Good."]))
            }
            try await FaultServer.run(replies) { server in
                let end = try await UtterProgram().run(["chat"] + server.options, input: nil) { chat in
                    try await chat.write(Array("First?\n".utf8))
                    try await chat.output(bytes: "This goes on ".utf8.count)
                    chat.send(.interrupt)
                    try await chat.write(Array("Second?\n/rate\n".utf8))
                    try await chat.errors(holding: "rate:")
                    chat.send(.interrupt)
                    // Its input stays open until it has exited.
                    try? await chat.errors(holding: "never said")
                }
                #expect(end.exitCode == 130)
                #expect(end.text == "This goes on \nGood.\n")
            }
        }

        /// `script` gives it a terminal; a `stty` after it shows whether the terminal was restored.
        private static let onTerminal = #"exec script -qec "$* && stty -a" /dev/null"#

        @Test(
            "On a terminal Ctrl-C stops the answer, Ctrl-D or Ctrl-C twice ends, and the terminal is left as it was",
            .enabled(
                if: FileManager.default.fileExists(atPath: "/usr/bin/script")
                    || ProcessInfo.processInfo.environment["UTTER_CI"] != nil, "script (bsdutils) is not here"),
            arguments: [[4], [3, 3]] as [[UInt8]])
        func terminal(ending: [UInt8]) async throws {
            let replies = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("This goes on "))
                try await connection.staySilent()
            }
            try await FaultServer.run(replies) { server in
                let end = try await UtterProgram().run(
                    ["chat"] + server.options, input: nil, environment: ["TERM": "xterm"], shell: Self.onTerminal
                ) { chat in
                    try await chat.output(holding: "\u{1B}[1m> ")
                    try await chat.write(Array("Fist\u{1B}[D\u{1B}[Dr\r".utf8))
                    try await chat.output(holding: "goes")
                    try await chat.write([3])
                    try await chat.output(holding: "(stopped)")
                    try await chat.write(ending)
                    try await chat.output(holding: "speed")
                }
                #expect(end.text.contains("> \u{1B}[mFirst\u{1B}[K"))
                #expect(end.text.contains("isig icanon iexten echo ") && !end.text.contains("-isig"))
                #expect(server.requests.contains { $0.path == "/api/chat" && $0.text.contains("First") })
                #expect(end.exitCode == 0)
            }
        }
    }
}
