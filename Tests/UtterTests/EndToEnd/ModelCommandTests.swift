// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Models, personas and setup")
    struct ModelCommands {
        private static let pulling = HTTPWire.chunk(
            #"{"status":"pulling a","digest":"sha256:a","total":1000,"completed":500}"# + "\n")

        /// An Ollama that has `models`, and answers a pull with `pull`.
        private func server(models: [String] = [], pull: @escaping FaultServer.Script) -> FaultServer.Script {
            let other = OllamaWire.server(models: models, chat: pull)
            return { request, connection in
                try await (request.path == "/api/pull" ? pull : other)(request, connection)
            }
        }

        @Test("The models of a server are listed, and the one that answers is marked")
        func list() async throws {
            try await FaultServer.run(OllamaWire.server(models: ["tiny:latest", "other:latest"]) { _, _ in }) {
                server in
                let end = try await UtterProgram().run(["models", "--url", server.url])
                #expect(end.exitCode == 0)
                let lines = end.text.split(separator: "\n")
                #expect(lines.count == 3)
                #expect(lines.filter { $0.hasPrefix("*") }.count == 1)
                #expect(lines.last?.contains("other:latest  2.0 GB  3.2B") == true)
            }
        }

        @Test("Without a model, `models` and `ask` name the command that pulls one")
        func none() async throws {
            try await FaultServer.run(OllamaWire.server(models: []) { _, _ in }) { server in
                for command in [["models"], ["ask", "Why?"]] {
                    let end = try await UtterProgram().run(command + ["--url", server.url])
                    #expect(end.exitCode == 69)
                    end.expectOneSentence("utter models pull qwen2.5")
                }
            }
        }

        @Test("A pull reports its progress, and ends when the server says so")
        func pull() async throws {
            let script = server { _, connection in
                try await connection.send(
                    OllamaWire.head + Self.pulling + HTTPWire.chunk(#"{"status":"success"}"# + "\n")
                        + HTTPWire.lastChunk)
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["models", "pull", "tiny", "--url", server.url])
                #expect(end.exitCode == 0)
                #expect(end.errorLines == ["utter: tiny: 50 % of 1.0 kB", "utter: tiny is installed."])
            }
        }

        @Test("Ctrl-C stops a pull: the server sees it hang up, and the user is told that a later pull continues")
        func pullStopped() async throws {
            let script = server { _, connection in
                try await connection.send(OllamaWire.head + Self.pulling)
                try await connection.staySilent()
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(["models", "pull", "tiny", "--url", server.url]) { running in
                    try await running.errors(holding: "50 %")
                    running.send(.interrupt)
                    _ = try await server.disconnect(on: "/api/pull")
                }
                #expect(end.exitCode == 130)
                #expect(end.errors.contains("a later pull continues from there"))
            }
        }

        @Test("A persona's template is filled and its system prompt is in the language of the question")
        func persona() async throws {
            let config = "personas: {science: {template: \"[{topic}] {prompt}\"}}"
            let chat = OllamaWire.server { _, connection in try await connection.send(OllamaWire.chat(tokens: ["Hi."]))
            }
            try await FaultServer.run(chat) { server in
                let utter = try UtterProgram(config: config)
                let arguments = ["--config", "config.yaml", "--persona", "science"] + server.options
                let end = try await utter.run(["ask", "为什么 {x}？", "--set", "topic=天空"] + arguments)
                #expect(end.exitCode == 0)
                let request = try #require(server.requests.last { $0.path == "/api/chat" })
                #expect(request.text.contains("[天空] 为什么 {x}？"))
                #expect(request.text.contains("你讲解科学知识"))

                let missing = try await utter.run(["ask", "Why?"] + arguments)
                #expect(missing.exitCode == 64)
                missing.expectOneSentence("needs a value for {topic}")
            }
        }

        @Test("Setup without a terminal says so, and writes nothing")
        func setup() async throws {
            let utter = try UtterProgram()
            let end = try await utter.run(["setup"])
            #expect(end.exitCode == 64)
            end.expectOneSentence("on a terminal")
            #expect(utter.files(endingIn: ".config").isEmpty)
        }

        @Test("Completions can be generated for every shell", arguments: ["bash", "zsh", "fish"])
        func completions(shell: String) async throws {
            let end = try await UtterProgram().run(["--generate-completion-script", shell])
            #expect(end.exitCode == 0)
            #expect(end.text.contains("models"))
        }
    }
}
