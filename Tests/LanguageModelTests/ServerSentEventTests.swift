// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// The rules of WHATWG's HTML that matter, and where servers need more lenience than it has.
@Suite("Server-sent events")
struct ServerSentEventTests {
    private func events(_ text: String) throws -> [[String]] {
        var reader = SSEReader(limit: LineReader.longestLine)
        var events: [ServerSentEvent] = []
        try reader.read(Array(text.utf8)) { events.append($0) }
        if let rest = reader.takeRest() { events.append(rest) }
        return events.map { $0.lines.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test(
        "are parsed from their lines",
        arguments: [
            ("data: a\n\n", [["a"]]),
            ("data:a\n\n", [["a"]]),
            ("data:  a\n\n", [[" a"]]),
            ("data\n\n", [[""]]),
            ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", [["a"], ["b"], ["c"]]),
            ("data: a\ndata: b\n\n", [["a", "b"]]),
            (": comment\n\n:\n\nid: 1\nretry: 5\nevent: x\n\ndata: a\n\n", [["a"]]),
            ("Data: a\n\n", []),
            ("data: a\u{2028}b\u{85}c\u{0B}d\n\n", [["a\u{2028}b\u{85}c\u{0B}d"]]),
            ("\u{FEFF}data: a\n\n", [["a"]]),
            ("data: a", [["a"]]),
            ("{\"error\":\"x\"}\n", [["{\"error\":\"x\"}"]]),
            ("\n\n\n", []),
        ])
    func reading(text: String, expected: [[String]]) throws {
        #expect(try events(text) == expected)
        for split in 0...text.utf8.count {
            var reader = SSEReader(limit: LineReader.longestLine)
            var events: [ServerSentEvent] = []
            try reader.read(Array(text.utf8.prefix(split))) { events.append($0) }
            try reader.read(Array(text.utf8.dropFirst(split))) { events.append($0) }
            if let rest = reader.takeRest() { events.append(rest) }
            #expect(events.map { $0.lines.map { String(decoding: $0, as: UTF8.self) } } == expected, "at \(split)")
        }
    }

    @Test("that never end are abandoned at 8 MB")
    func endless() {
        var reader = SSEReader(limit: LineReader.longestLine)
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(throws: SSEReader.TooLong.self) {
            try reader.read(Array("data: ".utf8)) { _ in }
            for _ in 1...9 { try reader.read(piece) { _ in } }
        }
    }

    private func decoded(_ text: String) -> [ReplyElement] {
        var decoder = OpenAIChat().decoder(mapper: .test)
        return decoder.decode(Array(text.utf8)) + decoder.end()
    }

    private func text(_ elements: [ReplyElement]) -> String {
        elements.map { if case .event(.text(let text)) = $0 { text } else { "" } }.joined()
    }

    private func thinking(_ elements: [ReplyElement]) -> String {
        elements.map { if case .event(.thinking(let text)) = $0 { text } else { "" } }.joined()
    }

    @Test("without the blank line between them are read line by line")
    func missingBlankLines() {
        let events = (OpenAIWire.event("A") + OpenAIWire.event("B") + OpenAIWire.delta("{}", finish: "stop"))
            .replacing("\n\n", with: "\n")
        #expect(text(decoded(events + OpenAIWire.done)) == "AB")
        #expect(text(decoded(events)) == "AB")
    }

    @Test(
        "have the reasoning under several names, and sometimes under two",
        arguments: [
            #"{"reasoning":"Hm"}"#, #"{"reasoning_content":"Hm"}"#, #"{"thinking":"Hm"}"#,
            #"{"content":null,"reasoning":"Hm","reasoning_content":"Hm"}"#, #"{"reasoning":null,"thinking":"Hm"}"#,
        ])
    func reasoning(delta: String) {
        let elements = decoded(OpenAIWire.delta(delta) + OpenAIWire.delta("{}", finish: "length"))
        #expect(thinking(elements) == "Hm")
        guard case .success(let summary, isFinal: true) = elements.last else { Issue.record("no success"); return }
        #expect(summary.finish == .length)
    }

    @Test(
        "may contain whatever servers add, leave out or set to null",
        arguments: [
            #"{"choices":[{"delta":{"content":"A"}}]}"#,
            #"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"A"}}],"usage":null}"#,
            #"{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"A"}]},"finish_reason":""}]}"#,
            #"{"choices":[{"index":0,"text":"A","delta":null}],"obfuscation":"x","timings":{"predicted_ms":"?"}}"#,
            #"{"choices":[{"index":0,"message":{"content":"A"}}],"error":null}"#,
        ])
    func variants(event: String) {
        let elements = decoded("data: \(event)\n\n" + OpenAIWire.delta("{}", finish: "stop"))
        #expect(text(elements) == "A")
        guard case .success = elements.last else { Issue.record("no success"); return }
    }

    @Test(
        "with tool calls say nothing, though they repeat the call as content",
        arguments: [
            #"{"content":"save({\"q\":1})","tool_calls":[{"index":0,"function":{"name":"save"}}]}"#,
            #"{"content":"{\"q\":1}","tool_calls":[{"index":0,"id":"c1","type":"function"}],"role":"assistant"}"#,
            #"{"content":"get()","function_call":{"name":"get","arguments":""}}"#,
            #"{"content":[{"type":"text","text":"get()"}],"tool_calls":[{"index":1}]}"#,
            #"{"content":null,"tool_calls":[{"index":0}]}"#, #"{"content":"","tool_calls":[{"index":0}]}"#,
        ])
    func toolCall(delta: String) {
        let elements = decoded(
            OpenAIWire.event("Let me look. ") + OpenAIWire.delta(delta) + OpenAIWire.delta("{}", finish: "tool_calls"))
        #expect(text(elements) == "Let me look. ")
    }

    @Test(
        "with an empty call are text",
        arguments: [
            #"{"content":"A","tool_calls":[]}"#, #"{"content":"A","tool_calls":null}"#,
            #"{"content":"A","function_call":null}"#, #"{"content":"A","function_call":{}}"#,
        ])
    func emptyToolCall(delta: String) {
        #expect(text(decoded(OpenAIWire.delta(delta) + OpenAIWire.delta("{}", finish: "stop"))) == "A")
    }

    @Test("A message that comes whole keeps what it says before its call")
    func wholeMessageWithCall() {
        let message = #"{"content":"Let me look.","tool_calls":[{"id":"c1"}]}"#
        #expect(text(decoded(#"{"choices":[{"message":\#(message),"finish_reason":"tool_calls"}]}"#)) == "Let me look.")
    }

    @Test(
        "with a refusal say it",
        arguments: [
            #"{"refusal":"I'm sorry."}"#, #"{"content":null,"refusal":"I'm sorry."}"#,
            #"{"content":"","refusal":"I'm sorry."}"#, #"{"content":"I'm sorry.","refusal":null}"#,
            #"{"content":[{"type":"refusal","refusal":"I'm sorry."}]}"#,
        ])
    func refusal(message: String) {
        #expect(text(decoded(OpenAIWire.delta(message) + OpenAIWire.delta("{}", finish: "stop"))) == "I'm sorry.")
        #expect(text(decoded(#"{"choices":[{"message":\#(message),"finish_reason":"stop"}]}"#)) == "I'm sorry.")
    }

    @Test("without choices are skipped")
    func foreignEvents() {
        let events = #"data: {"type":"mcp_tool_result","content":"x"}"# + "\n\ndata: \n\n"
        #expect(text(decoded(events + OpenAIWire.event("A") + OpenAIWire.delta("{}", finish: "stop"))) == "A")
    }

    @Test("that are not JSON are a fault, not a crash")
    func noJSON() {
        guard case .failed(let fault) = decoded("data: oops\n\n").last else { Issue.record("no fault"); return }
        #expect(fault.code == .modelProtocol)
    }

    @Test("that are a web page are reported as one")
    func webPage() {
        guard case .failed(let fault) = decoded("<!doctype html>\n<html></html>").last else {
            Issue.record("no fault")
            return
        }
        #expect(fault.code == .modelProtocol)
        #expect(fault.message.contains("<!doctype html>"))
    }

    @Test(
        "after whitespace are read the same, however the bytes are split",
        arguments: ["  \n <html>", "\n  data: [DONE]\n\n"])
    func blanks(reply: String) {
        var decoder = OpenAIChat().decoder(mapper: .test)
        let cut = reply.utf8.flatMap { decoder.decode([$0]) } + decoder.end()
        #expect(cut == decoded(reply))
    }

    @Test("end with a fault if the engine gave up", arguments: ["abort", "error"])
    func aborted(reason: String) {
        let elements = decoded(OpenAIWire.event("A") + OpenAIWire.delta("{}", finish: reason) + OpenAIWire.done)
        guard case .failed(let fault) = elements.last else { Issue.record("no fault"); return }
        #expect(fault.code == .modelFailed)
        #expect(text(elements) == "A")
    }
}
