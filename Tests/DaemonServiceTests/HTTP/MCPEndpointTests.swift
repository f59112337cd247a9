// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import LanguageModel
import Pipeline
import TestSupport
import Testing
import Utterance

@Suite("The Model Context Protocol over HTTP", .timeLimit(.minutes(10)))
struct MCPEndpointTests {
    /// The result of a request.
    private func call(
        _ served: ServedStage, _ method: String, _ parameters: JSONValue = [:], id: JSONValue = 7
    ) async throws -> JSONValue {
        let message: JSONValue = ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": parameters]
        let reply = try await served.send("POST", "/mcp", String(decoding: try JSON.encode(message), as: UTF8.self))
        #expect(reply.status == 200)
        #expect(reply["jsonrpc"] == "2.0" && reply["id"] == id)
        #expect(reply.headers["connection"] == (method == "tools/call" ? "close" : nil))
        return try #require(reply["result"], "\(reply.text)")
    }

    /// What a tool returned: its texts, and whether they tell what went wrong.
    private func use(
        _ served: ServedStage, _ tool: String, _ arguments: JSONValue = [:]
    ) async throws -> (texts: [String], isError: Bool) {
        let result = try await call(served, "tools/call", ["name": .string(tool), "arguments": arguments])
        let texts = result["content"]?.elements?.map { $0["type"] == "text" ? $0["text"]?.text ?? "" : "" } ?? []
        return (texts, result["isError"] == true)
    }

    @Test(
        "agrees on the version that the client asks for, or else on its own",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"),
            ("1999-01-01", "2025-11-25"),
        ])
    func greeting(asked: String, agreed: String) async throws {
        try await ServedStage.with { served in
            let result = try await call(served, "initialize", ["protocolVersion": .string(asked)], id: "a")
            #expect(result["protocolVersion"] == .string(agreed))
            #expect(result["capabilities"]?["tools"] == [:])
            #expect(result["serverInfo"]?["name"] == "utter" && result["serverInfo"]?["version"] == "1.2.3")
            #expect(try await call(served, "ping") == [:])
        }
    }

    @Test("describes each tool, with a schema that names what it takes")
    func list() async throws {
        try await ServedStage.with { served in
            let tools = try #require(try await call(served, "tools/list")["tools"]?.elements)
            #expect(tools.map { $0["name"]?.text } == ["say", "announce", "ask", "stop", "status"])
            for tool in tools {
                #expect(tool["description"]?.text?.hasSuffix(".") == true)
                let schema = tool["inputSchema"]
                #expect(schema?["type"] == "object" && schema?["additionalProperties"] == false)
                for name in schema?["required"]?.elements ?? [] {
                    #expect(schema?["properties"]?[name.text ?? ""]?["type"] != nil)
                }
            }
        }
    }

    @Test("asks, and returns the answer once it has been heard")
    func ask() async throws {
        try await ServedStage.with { served in
            let answer = try await use(served, "ask", ["prompt": "One. Two.", "session": "kitchen"])
            #expect(answer.texts == ["One. Two."] && !answer.isError)
            #expect(await served.stage.scheduler.session(named: "kitchen")?.conversation.exchanges.count == 1)
        }
    }

    @Test("says a text, and waits for its end only if asked to")
    func say() async throws {
        try await ServedStage.with { served in
            let queued = try await use(served, "say", ["text": "One."])
            #expect(queued.texts.first?.hasPrefix("Answer ") == true && !queued.isError)
            #expect(try await use(served, "say", ["text": "Two.", "wait": true]).texts == ["It was heard."])
            try await served.stage.event("piece", holding: #""text":"One.""#)
            try await served.stage.event("piece", holding: #""text":"Two.""#)
        }
    }

    @Test("announces over an answer, which continues afterwards")
    func announce() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            let asked = try await served.send("POST", "/v1/ask", #"{"prompt":"One.","detach":true}"#)
            try await served.stage.event("heard")
            #expect(try await use(served, "announce", ["text": "Dinner.", "wait": true]).texts == ["It was heard."])
            let status = try await use(served, "status").texts.joined()
            #expect(status.contains(#""speaking":"\#(asked["answer"]?.text ?? "?")""#))
            #expect(try await use(served, "stop").texts == ["Stopped: \(asked["answer"]?.text ?? "?")."])
        }
    }

    @Test("stops an answer by its name; its caller learns what was heard")
    func stop() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            async let asked = use(served, "ask", ["prompt": "One."])
            let heard = try #require(try await served.stage.event("heard").answer)
            #expect(try await use(served, "stop", ["answer": "none"]).texts == ["Nothing was being said."])
            #expect(try await use(served, "stop", ["answer": .string(heard)]).texts == ["Stopped: \(heard)."])
            let answer = try await asked
            #expect(answer.texts.last?.hasPrefix("It was heard up to: ") == true && !answer.isError)
        }
    }

    @Test("stops the answer of a client that hangs up")
    func hangUp() async throws {
        try await ServedStage.with(model: Stage.endless) { served in
            try await RawClient.with(served.tcp) { client in
                let call = #"{"name":"ask","arguments":{"prompt":"One."}}"#
                let message = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(call)}"#
                try await client.send(ServedStage.request("POST", "/mcp", message))
                try await served.stage.event("heard")
                try await client.hangUp()
            }
            try await served.stage.event("stopped")
        }
    }

    @Test(
        "tells a model what is wrong with its arguments",
        arguments: [
            ("say", [:], "text is missing"), ("say", ["text": " "], "text is missing"),
            ("ask", [:], "prompt is missing"),
            ("say", ["txt": "One."], "txt is not a parameter"),
            ("announce", ["text": 1], "text has to be a string"),
            ("say", ["text": "One.", "wait": 1], "wait has to be"),
            ("stop", ["all": true], "all is not a parameter"), ("say", 1, "arguments has to be an object"),
            ("ask", ["prompt": "One.", "session": ""], "session"),
        ] as [(String, JSONValue, String)])
    func mistakes(tool: String, arguments: JSONValue, told: String) async throws {
        try await ServedStage.with { served in
            let result = try await use(served, tool, arguments)
            #expect(result.isError && result.texts.joined().contains(told), "\(result.texts)")
        }
    }

    @Test("returns what came of an answer that failed, and why it failed")
    func fault() async throws {
        let model: Stage.Model = { _, _, deliver in
            try await deliver(.text("One. "))
            throw Fault(.modelTruncated, "The connection broke.")
        }
        try await ServedStage.with(model: model) { served in
            let result = try await use(served, "ask", ["prompt": "One."])
            #expect(result.isError)
            #expect(result.texts == ["One. ", "The connection broke."])
        }
    }

    @Test(
        "rejects what is not a request",
        arguments: [
            ("{", 400, -32700), ("[]", 400, -32600), ("{}", 400, -32600), ("1", 400, -32600),
            (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, 400, -32600), (#"{"jsonrpc":"2.0","id":1}"#, 400, -32600),
            (#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, 400, -32600),
            (#"{"jsonrpc":"2.0","id":1,"method":"fly"}"#, 200, -32601),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"fly"}}"#, 200, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}"#, 200, -32602),
        ])
    func rejected(message: String, status: Int, code: Int) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/mcp", message)
            #expect(reply.status == status)
            #expect(reply["error"]?["code"] == .integer(code))
            #expect(reply["error"]?["message"]?.text?.hasSuffix(".") == true)
        }
    }

    @Test(
        "accepts notifications and replies, and returns nothing",
        arguments: [
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        ])
    func notification(message: String) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("POST", "/mcp", message)
            #expect(reply.status == 202 && reply.body.isEmpty)
        }
    }

    @Test("rejects unknown versions, other methods and types, and foreign pages")
    func outside() async throws {
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        try await ServedStage.with { served in
            let known = try await served.send("POST", "/mcp", ping, headers: ["MCP-Protocol-Version: 2025-06-18"])
            #expect(known.status == 200)
            let unknown = try await served.send("POST", "/mcp", ping, headers: ["MCP-Protocol-Version: 1999-01-01"])
            #expect(unknown.errorCode == "invalid_request")
            let read = try await served.send("GET", "/mcp")
            #expect(read.errorCode == "method_not_allowed")
            let text = try await served.send("POST", "/mcp", ping, type: "text/plain")
            #expect(text.errorCode == "unsupported_media_type")
            let foreign = try await served.send("POST", "/mcp", ping, headers: ["Origin: http://example.org"])
            #expect(foreign.errorCode == "origin_refused")
        }
    }
}
