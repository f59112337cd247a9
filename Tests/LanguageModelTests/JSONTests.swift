// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import LanguageModel

@Suite("JSON from servers")
struct JSONTests {
    @Test(
        "is repaired if it would cost the answer",
        arguments: [
            (#""plain \" \\ \n é""#, "plain \" \\ \n é"),
            (#""\ud83d\ude00""#, "😀"),
            (#""\ud83d""#, "\u{FFFD}"),
            (#""\uDE00 x""#, "\u{FFFD} x"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (#""\ud83dx""#, "\u{FFFD}x"),
            (#""\\ud83d""#, #"\ud83d"#),
            (#""\\\ud83d""#, "\\\u{FFFD}"),
            ("\"a\tb\u{1}c\"", "a b c"),
            (#""\u003cthink\u003e""#, "<think>"),
        ])
    func mending(json: String, expected: String) throws {
        #expect(try JSON.decode(String.self, from: Array(json.utf8)) == expected)
    }

    @Test("may hold broken UTF-8")
    func brokenUTF8() throws {
        #expect(try JSON.decode(String.self, from: [0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
    }

    @Test("that is invalid is rejected", arguments: ["", "{", "x", #"{"a":}"#, #""\u12""#])
    func noJSON(text: String) {
        #expect(throws: (any Error).self) { try JSON.decode(JSONValue.self, from: Array(text.utf8)) }
    }

    @Test("round-trips without a change", arguments: [#"{"a":[1,2.5,true,null,"x"],"b":{}}"#, "[]", "-3"])
    func roundTrip(text: String) throws {
        let value = try JSON.decode(JSONValue.self, from: Array(text.utf8))
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == text)
    }

    @Test("of a line may have any key missing, null or of an unexpected type")
    func strangeTypes() throws {
        let line = #"{"message":null,"response":"Hi","done":"x","eval_count":1.5,"eval_duration":"?","error":null}"#
        let part = try JSON.decode(OllamaLine.self, from: Array(line.utf8)).part
        #expect(part.text == "Hi")
        #expect(!part.isLast)
        #expect(part.error == nil)
        #expect(part.outputTokens == nil)
    }

    @Test("with impossible counts counts nothing, since counts are added up", arguments: ["-1", "9223372036854775807"])
    func impossibleCounts(count: String) throws {
        func object(_ text: String) throws -> JSONValue { try JSON.object(Array(text.utf8)) }
        let line = #"{"done":true,"eval_count":\#(count),"prompt_eval_count":\#(count),"eval_duration":\#(count)}"#
        let ollama = try JSON.decode(OllamaLine.self, from: Array(line.utf8)).part
        #expect(ollama.outputTokens == nil && ollama.promptTokens == nil)
        let openAI = OpenAIChat.part(
            try object(#"{"usage":{"prompt_tokens":\#(count),"completion_tokens":\#(count)}}"#))
        #expect(openAI.outputTokens == nil && openAI.promptTokens == nil)
        let anthropic = AnthropicMessages.part(
            try object(#"{"type":"message_delta","usage":{"input_tokens":\#(count),"output_tokens":\#(count)}}"#))
        #expect(anthropic.outputTokens == nil && anthropic.promptTokens == nil)
        let model = try #require(InstalledModel(try object(#"{"name":"a","size":\#(count)}"#)))
        #expect(model.size == nil)
        let pull = #"{"status":"pulling","digest":"a","total":\#(count),"completed":\#(count)}"#
        let status = try #require(PullStatus(try object(pull)))
        #expect(status.total == nil && status.completed == nil)
    }

    @Test("may contain any time", arguments: [("1e300", nil), ("-1", nil), ("1500", Duration.milliseconds(1_500))])
    func times(milliseconds: String, generation: Duration?) throws {
        let json = #"{"timings":{"predicted_n":3,"predicted_ms":\#(milliseconds)}}"#
        let part = OpenAIChat.part(try JSON.object(Array(json.utf8)))
        #expect(part.generation == generation)
        #expect(part.outputTokens == 3)
    }
}
