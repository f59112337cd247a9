// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import LanguageModel

@Suite("A request")
struct RequestTests {
    private let conversation = ModelRequest(
        model: "tiny",
        messages: [.init(.system, "Be brief."), .init(.user, "One?"), .init(.assistant, "1."), .init(.user, "Two?")],
        options: ["temperature": 0.5, "num_predict": 20])

    private func body(_ provider: Provider, _ request: ModelRequest) throws -> String {
        String(decoding: try provider.dialect.body(for: request), as: UTF8.self)
    }

    @Test("to Ollama's chat contains the conversation and the options")
    func chat() throws {
        #expect(
            try body(.ollama, conversation)
                == #"{"messages":[{"content":"Be brief.","role":"system"},{"content":"One?","role":"user"},"#
                + #"{"content":"1.","role":"assistant"},{"content":"Two?","role":"user"}],"model":"tiny","#
                + #""options":{"num_predict":20,"temperature":0.5},"stream":true}"#)
    }

    @Test("to Ollama's generate contains it as a prompt")
    func generate() throws {
        #expect(
            try body(.ollamaGenerate, conversation)
                == #"{"model":"tiny","options":{"num_predict":20,"temperature":0.5},"#
                + #""prompt":"User: One?\nAssistant: 1.\nUser: Two?\nAssistant:","stream":true,"system":"Be brief."}"#)
        #expect(try body(.ollamaGenerate, .hello) == #"{"model":"tiny","prompt":"Hello","stream":true}"#)
    }

    @Test("to an OpenAI-compatible server has the options at the top level, by their names there")
    func openAI() throws {
        var request = conversation
        request.messages = [.init(.user, "Two?")]
        #expect(
            try body(.openAI, request)
                == #"{"max_tokens":20,"messages":[{"content":"Two?","role":"user"}],"model":"tiny","stream":true,"#
                + #""temperature":0.5}"#)
    }

    @Test("keeps the model loaded for the configured time", arguments: [-1, 1.5, "10m"] as [JSONValue])
    func keepAlive(time: JSONValue) throws {
        var request = ModelRequest.hello
        request.keepAlive = time
        let json = String(decoding: try JSON.encode(time), as: UTF8.self)
        #expect(try body(.ollama, request).contains(#""keep_alive":\#(json),"#))
        #expect(try !body(.openAI, request).contains("keep_alive"))
        #expect(try !body(.anthropic, request).contains("keep_alive"))
    }

    @Test("to Anthropic has the system prompt and the limit at the top level, and no message without text")
    func anthropic() throws {
        var request = conversation
        request.messages.insert(.init(.assistant, ""), at: 2)
        request.options = ["temperature": 0.5, "stop": .array(["END"])]
        #expect(
            try body(.anthropic, request)
                == #"{"max_tokens":4096,"messages":[{"content":"One?","role":"user"},"#
                + #"{"content":"1.","role":"assistant"},{"content":"Two?","role":"user"}],"model":"tiny","#
                + #""stop_sequences":["END"],"stream":true,"system":"Be brief.","temperature":0.5}"#)
        request.options = ["num_predict": 20]
        #expect(try body(.anthropic, request).contains(#""max_tokens":20,"#))
        #expect(try body(.anthropic, request).contains("num_predict") == false)
    }

    @Test("to Anthropic has the key and the version in separate fields, to others a bearer token")
    func headers() {
        func headers(_ provider: Provider, _ key: String?) -> [String: String] {
            Dictionary(uniqueKeysWithValues: provider.dialect.headers(key: key))
        }
        #expect(headers(.anthropic, "k") == ["x-api-key": "k", "anthropic-version": "2023-06-01"])
        #expect(headers(.anthropic, nil) == ["anthropic-version": "2023-06-01"])
        for provider in Provider.allCases where provider != .anthropic {
            #expect(headers(provider, "k") == ["Authorization": "Bearer k"])
            #expect(headers(provider, nil) == [:])
        }
    }

    @Test(
        "only says how to think if asked to",
        arguments: [
            (.on, #""think":true"#, #""reasoning_effort":"medium""#, #""thinking":{"type":"adaptive"}"#),
            (.off, #""think":false"#, #""reasoning_effort":"none""#, #""thinking":{"type":"disabled"}"#),
            (.low, #""think":"low""#, #""reasoning_effort":"low""#, #""output_config":{"effort":"low"}"#),
            (.max, #""think":"max""#, #""reasoning_effort":"high""#, #""output_config":{"effort":"max"}"#),
        ] as [(Think, String, String, String)])
    func think(think: Think, ollama: String, openAI: String, anthropic: String) throws {
        var request = ModelRequest.hello
        for provider in Provider.allCases { #expect(try !body(provider, request).contains("think")) }
        request.think = think
        #expect(try body(.ollama, request).contains(ollama))
        #expect(try body(.openAI, request).contains(openAI))
        #expect(try body(.anthropic, request).contains(anthropic))
    }
}

@Suite("An option of a model")
struct ModelOptionsTests {
    @Test(
        "gets the JSON type that the server expects",
        arguments: [
            ("temperature=0.7", "temperature", .number(0.7)), ("temperature=1", "temperature", .integer(1)),
            ("num_ctx=4096", "num_ctx", .integer(4096)), ("use_mmap=false", "use_mmap", .bool(false)),
            ("stop=END", "stop", .array(["END"])), (#"stop=["a","b"]"#, "stop", .array(["a", "b"])),
            ("stop=3", "stop", .array(["3"])), ("mirostat=2", "mirostat", .integer(2)),
            ("grammar=root ::= x", "grammar", .string("root ::= x")), (" seed = -1 ", "seed", .integer(-1)),
        ] as [(String, String, JSONValue)])
    func types(text: String, name: String, value: JSONValue) throws {
        #expect(try ModelOptions.parse([text]) == [name: value])
    }

    @Test(
        "of the wrong type, or without a name, is rejected with the right one",
        arguments: [
            ("temperature=hot", "a number"), ("num_ctx=4096.5", "a whole number"), ("use_mmap=1", "true or false"),
            ("temperature", "NAME=VALUE"), ("=1", "NAME=VALUE"), ("temperature=", "a number"),
        ])
    func refused(text: String, says: String) throws {
        let fault = #expect(throws: Fault.self) { try ModelOptions.parse([text]) }
        #expect(fault?.code == .usage)
        #expect(fault?.message.contains(says) == true)
    }

    @Test("that the server doesn't know is sent with a notice, which suggests what was meant")
    func unknown() {
        let options: [String: JSONValue] = ["temperature": 1, "max_length": 5, "warmth": 1]
        let notices = ModelOptions.notices(for: options, provider: .ollama)
        #expect(notices.map(\.code) == ["option_unknown", "option_unknown"])
        #expect(notices[0].message.contains("num_predict"))
        #expect(notices[1].message.contains("warmth"))
        #expect(ModelOptions.notices(for: ["max_tokens": 5, "num_predict": 5], provider: .openAI).isEmpty)
    }
}
