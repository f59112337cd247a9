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

    @Test("to Ollama's chat holds the conversation and the options")
    func chat() throws {
        #expect(
            try body(.ollama, conversation)
                == #"{"messages":[{"content":"Be brief.","role":"system"},{"content":"One?","role":"user"},"#
                + #"{"content":"1.","role":"assistant"},{"content":"Two?","role":"user"}],"model":"tiny","#
                + #""options":{"num_predict":20,"temperature":0.5},"stream":true}"#)
    }

    @Test("to Ollama's generate holds it as a prompt")
    func generate() throws {
        #expect(
            try body(.ollamaGenerate, conversation)
                == #"{"model":"tiny","options":{"num_predict":20,"temperature":0.5},"#
                + #""prompt":"User: One?\nAssistant: 1.\nUser: Two?\nAssistant:","stream":true,"system":"Be brief."}"#)
        #expect(try body(.ollamaGenerate, .hello) == #"{"model":"tiny","prompt":"Hello","stream":true}"#)
    }

    @Test("to an OpenAI-compatible server has the options at the top, by their names there")
    func openAI() throws {
        var request = conversation
        request.messages = [.init(.user, "Two?")]
        #expect(
            try body(.openAI, request)
                == #"{"max_tokens":20,"messages":[{"content":"Two?","role":"user"}],"model":"tiny","stream":true,"#
                + #""temperature":0.5}"#)
    }

    @Test(
        "keeps the model loaded for a time that the server understands",
        arguments: [
            ("-1", "-1"), ("300", "300"), ("0", "0"), ("1.5", "1.5"), ("10m", #""10m""#), ("1h30m", #""1h30m""#),
            ("-1m", #""-1m""#), ("500ms", #""500ms""#), ("1.5h", #""1.5h""#),
        ])
    func keepAlive(text: String, json: String) throws {
        var request = ModelRequest.hello
        request.keepAlive = try KeepAlive(text)
        #expect(try body(.ollama, request).contains(#""keep_alive":\#(json),"#))
        #expect(try !body(.openAI, request).contains("keep_alive"))
    }

    @Test(
        "refuses times that the server would refuse", arguments: ["soon", "", "10 minutes", "m", "nan", "inf", "1e300"])
    func badKeepAlive(text: String) {
        #expect(throws: Fault.self) { try KeepAlive(text) }
    }

    @Test(
        "says how to think only if asked to",
        arguments: [
            ("on", #""think":true"#, #""reasoning_effort":"medium""#),
            ("false", #""think":false"#, #""reasoning_effort":"none""#),
            ("Low", #""think":"low""#, #""reasoning_effort":"low""#),
            ("max", #""think":"max""#, #""reasoning_effort":"high""#),
        ])
    func think(text: String, ollama: String, openAI: String) throws {
        var request = ModelRequest.hello
        #expect(try !body(.ollama, request).contains("think"))
        request.think = try Think(text)
        #expect(try body(.ollama, request).contains(ollama))
        #expect(try body(.openAI, request).contains(openAI))
    }

    @Test("refuses ways to think that there are not", arguments: ["lots", "", "1"])
    func badThink(text: String) {
        #expect(throws: Fault.self) { try Think(text) }
    }
}

@Suite("An option of a model")
struct ModelOptionsTests {
    @Test(
        "gets the JSON type that the server wants",
        arguments: [
            ("temperature=0.7", "temperature", .number(0.7)), ("temperature=1", "temperature", .integer(1)),
            ("num_ctx=4096", "num_ctx", .integer(4096)), ("use_mmap=false", "use_mmap", .bool(false)),
            ("stop=END", "stop", .array(["END"])), (#"stop=["a","b"]"#, "stop", .array(["a", "b"])),
            ("stop=3", "stop", .array(["3"])), ("mirostat=2", "mirostat", .integer(2)),
            ("grammar=root ::= x", "grammar", .string("root ::= x")), (" seed = -1 ", "seed", .integer(-1)),
        ] as [(String, String, JSONValue)])
    func types(text: String, name: String, value: JSONValue) throws {
        let option = try ModelOptions.parse(text)
        #expect(option.name == name)
        #expect(option.value == value)
    }

    @Test(
        "of the wrong type, or without a name, is refused with the right one",
        arguments: [
            ("temperature=hot", "a number"), ("num_ctx=4096.5", "a whole number"), ("use_mmap=1", "true or false"),
            ("temperature", "NAME=VALUE"), ("=1", "NAME=VALUE"), ("temperature=", "a number"),
        ])
    func refused(text: String, says: String) throws {
        let fault = #expect(throws: Fault.self) { try ModelOptions.parse(text) }
        #expect(fault?.code == .usage)
        #expect(fault?.message.contains(says) == true)
    }

    @Test("that the server doesn't know is passed on with a notice, which knows what was meant")
    func unknown() {
        let options: [String: JSONValue] = ["temperature": 1, "max_length": 5, "warmth": 1]
        let notices = ModelOptions.notices(for: options, provider: .ollama)
        #expect(notices.map(\.code) == ["option_unknown", "option_unknown"])
        #expect(notices[0].message.contains("num_predict"))
        #expect(notices[1].message.contains("warmth"))
        #expect(ModelOptions.notices(for: ["max_tokens": 5, "num_predict": 5], provider: .openAI).isEmpty)
    }
}
