// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing

extension EndToEnd {
    @Suite("OpenAI's chat API")
    struct ChatCompletions {
        private static let path = "POST /v1/chat/completions"

        /// Runs the daemon with an Ollama that answers with `chat`, and answers the warm-up with a word.
        private static func daemon(
            _ config: String = "", chat: @escaping FaultServer.Script,
            _ body: (UtterProgram, FaultServer) async throws -> Void
        ) async throws {
            try await FaultServer.run(OllamaWire.serverOfDaemon(answering: chat)) { server in
                let utter = try UtterProgram(config: ServedAnswer.config(server, config))
                try await utter.serve { _ in try await body(utter, server) }
            }
        }

        private static let skyIsBlue: FaultServer.Script = { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["The sky", " is blue."]))
        }

        private static func call(_ more: String = "", messages: String = #"{"role":"user","content":"Why?"}"#) -> String
        {
            #"{"model":"utter","messages":[\#(messages)]\#(more)}"#
        }

        /// The last request to the model.
        private static func asked(_ server: FaultServer) -> String {
            server.requests.last { $0.path == "/api/chat" }.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
        }

        @Test("returns the text in chunks, with the finish reason and the tokens, while the device speaks it")
        func streamed() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let call = Self.call(#","stream":true,"stream_options":{"include_usage":true}"#)
                let reply = try await HTTPExchange.send(Self.path, json: call, to: utter.daemon)
                #expect(reply.status == 200)
                let chunks = reply.text.matches(of: /data: (.*)\n/).map { String($0.1) }
                #expect(chunks.count == 6, "\(reply)")
                #expect(chunks[0].contains(#""delta":{"content":"","role":"assistant"},"finish_reason":null"#))
                #expect(chunks[1].contains(#""delta":{"content":"The sky"}"#))
                #expect(chunks[2].contains(#""delta":{"content":" is blue."}"#))
                #expect(chunks[3].contains(#""delta":{},"finish_reason":"stop""#))
                #expect(chunks[4].contains(#""usage":{"completion_tokens":3,"prompt_tokens":36,"total_tokens":39}"#))
                #expect(chunks[5] == "[DONE]")
                #expect(Set(chunks.dropLast().compactMap { $0.firstMatch(of: /"id":"([^"]*)"/)?.1 }).count == 1)
                #expect(chunks[0].contains(#""model":"tiny""#) && chunks[0].contains("chat.completion.chunk"))
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: finished")
                #expect(utter.played.contains { $0 != 0 })
                let sessions = try await HTTPExchange.send("GET /v1/sessions", to: utter.daemon)
                #expect(sessions.text.contains(#""sessions":[]"#))
            }
        }

        @Test("uses the client's messages as the conversation, and puts the persona's prompt before them")
        func conversation() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let talk = #"{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello you"},"#
                let question = #"{"role":"user","content":[{"type":"text","text":"Why?"}]}"#
                _ = try await HTTPExchange.send(Self.path, json: Self.call(messages: talk + question), to: utter.daemon)
                let bare = Self.asked(server)
                #expect(bare.contains("voice assistant") && bare.contains("Hello you"))
                let system = #"{"role":"developer","content":"Be brief"},"#
                _ = try await HTTPExchange.send(
                    Self.path, json: Self.call(messages: system + question), to: utter.daemon)
                let instructed = Self.asked(server)
                #expect(!instructed.contains("voice assistant"))
                #expect(instructed.contains(#"{"content":"Be brief","role":"system"}"#))
                #expect(!instructed.contains("Hello you"))
            }
        }

        @Test("accepts a conversation with tool calls and their results, and leaves these out")
        func toolMessages() async throws {
            let messages = [
                #"{"role":"user","content":"How warm is it?"}"#,
                #"{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function"}]}"#,
                #"{"role":"tool","tool_call_id":"c1","content":"21 C"}"#,
                #"{"role":"function","name":"get","content":"22 C"}"#,
                #"{"role":"assistant","content":"Warm.","tool_calls":[{"id":"c2"}]}"#,
                #"{"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"23 C"}]}"#,
                #"{"role":"user","content":"Why?"}"#,
            ]
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let call = Self.call(messages: messages.joined(separator: ","))
                let reply = try await HTTPExchange.send(Self.path, json: call, to: utter.daemon)
                #expect(reply.status == 200, "\(reply)")
                let asked = Self.asked(server)
                #expect(asked.contains(#"{"content":"Warm.","role":"assistant"}"#))
                #expect(!asked.contains(" C") && !asked.contains(#""content":"","role":"assistant""#))
                let onlyTool = Self.call(messages: messages[2])
                #expect(try await HTTPExchange.send(Self.path, json: onlyTool, to: utter.daemon).status == 400)
            }
        }

        @Test("passes on the parameters that the server knows, and accepts all others")
        func parameters() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let more =
                    #","temperature":0.5,"top_p":1,"max_tokens":9,"seed":4,"stop":"END","n":1,"user":"me","logprobs":null"#
                let reply = try await HTTPExchange.send(Self.path, json: Self.call(more), to: utter.daemon)
                #expect(reply.status == 200)
                #expect(reply.text.contains(#""message":{"content":"The sky is blue.","role":"assistant"}"#))
                #expect(reply.text.contains(#""object":"chat.completion""#))
                #expect(
                    Self.asked(server).contains(
                        #""options":{"num_predict":9,"seed":4,"stop":["END"],"temperature":0.5,"top_p":1}"#))
            }
        }

        @Test(
            "speaks streamed conversations, or whatever the client wants to be spoken",
            arguments: [
                (#","stream":true"#, [], true), ("", [], false),
                (#","stream":true,"response_format":{"type":"json_object"}"#, [], false),
                (#","stream":true,"response_format":{"type":"text"}"#, [], true),
                (#","stream":true,"tools":[{"type":"function"}]"#, [], false),
                (#","stream":true,"model":"tiny:silent""#, [], false),
                (#","model":"tiny:spoken""#, [], true), ("", ["X-Utter-Speak: true"], true),
                (#","stream":true"#, ["X-Utter-Speak: false"], false),
            ])
        func spoken(more: String, headers: [String], isSpoken: Bool) async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, server in
                let call = #"{"messages":[{"role":"user","content":"Why?"}]\#(more)}"#
                let reply = try await HTTPExchange.send(Self.path, json: call, headers: headers, to: utter.daemon)
                #expect(reply.status == 200 && reply.text.contains("is blue."), "\(reply)")
                #expect(Self.asked(server).contains(#""model":"tiny""#))
                #expect(try await utter.answersHeard() == (isSpoken ? 1 : 0))
            }
        }

        @Test("A client that hangs up stops the model and the sound")
        func hangUp() async throws {
            let endless: FaultServer.Script = { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
                try await connection.staySilent()
            }
            try await Self.daemon(chat: endless) { utter, server in
                let call = Self.call(#","stream":true"#)
                _ = try await HTTPExchange.send(Self.path, json: call, to: utter.daemon, until: "scatters")
                _ = try await server.disconnect(on: "/api/chat")
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: stopped")
            }
        }

        @Test("A stop in the daemon also ends the client's text")
        func stopped() async throws {
            let endless: FaultServer.Script = { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("The sky is blue. It scatters light. And"))
                try await connection.staySilent()
            }
            try await Self.daemon(chat: endless) { utter, server in
                async let reply = HTTPExchange.send(Self.path, json: Self.call(#","stream":true"#), to: utter.daemon)
                _ = try await HTTPExchange.send(
                    "GET /v1/events", headers: ["Last-Event-ID: 0-0"], to: utter.daemon, until: "event: heard")
                _ = try await HTTPExchange.send("POST /v1/stop", json: "{}", to: utter.daemon)
                #expect(try await reply.text.contains("data: [DONE]"))
                _ = try await server.disconnect(on: "/api/chat")
            }
        }

        @Test("reports errors in the format of OpenAI's clients")
        func errors() async throws {
            let unknown: FaultServer.Script = { _, connection in
                try await connection.send(
                    HTTPWire.reply(#"{"error":"model 'nope' not found"}"#, status: "404 Not Found"))
            }
            try await Self.daemon(chat: unknown) { utter, server in
                let invalid = [
                    (#"{}"#, "messages"), (#"{"messages":[]}"#, "messages"),
                    (Self.call(messages: #"{"role":"robot","content":"x"}"#), "messages[0].role"),
                    (Self.call(messages: #"{"role":"tool","content":"x"}"#), "messages"),
                    (Self.call(messages: #"{"role":"user","content":[{"type":"image_url"}]}"#), "messages[0].content"),
                    (Self.call(#","temperature":"warm""#), "temperature"), (Self.call(#","stop":[1]"#), "stop"),
                ]
                for (json, param) in invalid {
                    let reply = try await HTTPExchange.send(Self.path, json: json, to: utter.daemon)
                    #expect(reply.status == 400)
                    #expect(reply.text.contains(#""param":"\#(param)","type":"invalid_request_error""#), "\(reply)")
                }
                let whole = try await HTTPExchange.send(Self.path, json: Self.call(), to: utter.daemon)
                #expect(whole.status == 404 && whole.text.contains(#""code":"model_not_found""#), "\(whole)")
                let streamed = try await HTTPExchange.send(
                    Self.path, json: Self.call(#","stream":true"#), to: utter.daemon)
                #expect(streamed.status == 200 && streamed.text.contains(#"data: {"error":{"code":"model_not_found""#))
                #expect(!streamed.text.contains("[DONE]"))
            }
        }

        @Test("lists its own model and those that are installed")
        func models() async throws {
            try await Self.daemon(chat: Self.skyIsBlue) { utter, _ in
                let reply = try await HTTPExchange.send("GET /v1/models", to: utter.daemon)
                #expect(
                    reply.text.contains(#""id":"utter""#) && reply.text.contains(#""id":"tiny:latest""#), "\(reply)")
                #expect(reply.text.contains(#""object":"list""#))
            }
        }

        @Test(
            "lists its own model while the demo answers",
            .enabled(if: OllamaPort.isUsable, "\(OllamaPort.reasonToSkip)"))
        func modelsOfDemo() async throws {
            let utter = try UtterProgram(config: "server: {listen: []}\n")
            try await OllamaPort.alone {
                _ = try await utter.run(["serve", "--config", "config.yaml"]) { running in
                    try await running.errors(holding: "the demo does until one is there")
                    let reply = try await HTTPExchange.send("GET /v1/models", to: utter.daemon)
                    #expect(reply.status == 200 && reply.text.contains(#""id":"utter""#), "\(reply)")
                    running.send(.terminate)
                    try await running.end()
                }
            }
        }
    }
}
