// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Testing
import Utterance

/// Faults and quirks that servers and the network have shown, each reproduced by a server.
///
/// The letters are the rows of the project's list of them.
@Suite("A server that")
struct WireRowTests {
    private static let words = ["A", " naïve", " caf", "é", " <b>", " 你", "好", " 👩‍🚀", "."]
    private static let text = words.joined()

    /// As written by Go: `<` and `>` escaped, everything else raw.
    private static let goLines = words.map {
        OllamaWire.chatLine($0).replacing("<", with: #"\u003c"#).replacing(">", with: #"\u003e"#)
    }

    @Test("(a, b, c) splits its reply anywhere is understood", arguments: [1, 2, 3, 1 << 20])
    func cuts(count: Int) async throws {
        let reply =
            OllamaWire.head + Self.goLines.map(HTTPWire.chunk).joined() + OllamaWire.chatDone() + HTTPWire.lastChunk
        let (heard, end) = try await answer(Array(reply.utf8), by: count)
        #expect(heard.text == Self.text)
        #expect(end == .finish(.stop))
    }

    @Test("(c) ends its events with CR LF is understood, even if the two arrive separately", arguments: [1, 1 << 20])
    func carriageReturns(count: Int) async throws {
        let events = Self.words.map(OpenAIWire.event).joined() + OpenAIWire.delta("{}", finish: "stop")
        let head = HTTPWire.head(type: "text/event-stream", isChunked: false)
        let reply = Array((head + events.replacing("\n", with: "\r\n")).utf8)
        let (heard, end) = try await answer(reply, by: count, .openAI)
        #expect(heard.text == Self.text)
        #expect(end == .finish(.stop))
    }

    @Test("(f) closes in the middle has its words kept, and the break reported", arguments: Provider.allCases)
    func cutInTheMiddle(provider: Provider) async throws {
        let (heard, end) = try await answer(Array(begunReply(provider).utf8), provider)
        #expect(heard.text == "Hi")
        #expect(end == .fault(.modelTruncated, mentions: "broke"))
    }

    @Test("(f) ends cleanly without a sign of success has not succeeded", arguments: Provider.allCases)
    func cleanEnd(provider: Provider) async throws {
        let (heard, end) = try await answer(Array((begunReply(provider) + HTTPWire.lastChunk).utf8), provider)
        #expect(heard.text == "Hi")
        #expect(end == .fault(.modelTruncated, mentions: "without saying"))
    }

    @Test("(g) resets the connection has its words kept, and the break reported")
    func reset() async throws {
        let heardText = Gate()
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
            try await heardText.opened()
            try await connection.reset()
        } while: { server in
            let listener = Listener()
            let fault = try await fault {
                try await ModelServer(server).answer(.hello) {
                    try await listener.hear($0)
                    if case .text = $0 { heardText.open() }
                }
            }
            #expect(fault.code == .modelTruncated)
            #expect(listener.text == "Hi")
        }
    }

    @Test("(h) marks the end by closing, without a sign of success, has not succeeded")
    func closeDelimited() async throws {
        let reply = HTTPWire.head(type: "application/x-ndjson", isChunked: false) + OllamaWire.chatLine("Hi")
        let (heard, end) = try await answer(Array(reply.utf8))
        #expect(heard.text == "Hi")
        #expect(end == .fault(.modelTruncated, mentions: "without saying"))
    }

    @Test("(i) reports an error in the first line of a success has failed")
    func errorFirst() async throws {
        let reply = OllamaWire.head + HTTPWire.chunk(#"{"error":"model 'tiny' not found"}"#) + HTTPWire.lastChunk
        #expect(try await answer(Array(reply.utf8)).end == .fault(.modelNotFound, mentions: "ollama pull tiny"))
    }

    @Test("(j) reports an error after its first words has failed, and the words are kept")
    func errorAfterContent() async throws {
        let error = #"{"error":"an error was encountered while running the model: unexpected EOF"}"#
        let reply = OllamaWire.head + OllamaWire.chat("Hi") + HTTPWire.chunk(error + "\n") + HTTPWire.lastChunk
        let (heard, end) = try await answer(Array(reply.utf8))
        #expect(heard.text == "Hi")
        #expect(end == .fault(.modelFailed, mentions: "memory"))
    }

    @Test("(l) puts words into its last line has all of them heard")
    func lastLineWithContent() async throws {
        let reply = OllamaWire.head + OllamaWire.chat("Hi") + OllamaWire.chatDone(" there.") + HTTPWire.lastChunk
        #expect(try await answer(Array(reply.utf8)).heard.text == "Hi there.")
    }

    @Test("(m) ends its last line with nothing has succeeded")
    func lastLineWithoutEnd() async throws {
        let line = OllamaWire.chatDoneLine().dropLast()
        let reply = OllamaWire.head + OllamaWire.chat("Hi") + HTTPWire.chunk(String(line)) + HTTPWire.lastChunk
        #expect(try await answer(Array(reply.utf8)).end == .finish(.stop))
    }

    @Test("(n) sends a last line of a megabyte has succeeded")
    func longLine() async throws {
        let context = repeatElement("12345", count: 170_000).joined(separator: ",")
        let line = #"{"response":"","done":true,"done_reason":"stop","context":[\#(context)]}"# + "\n"
        let reply =
            OllamaWire.head + HTTPWire.chunk(#"{"response":"Hi","done":false}"# + "\n") + HTTPWire.chunk(line)
            + HTTPWire.lastChunk
        let (heard, end) = try await answer(Array(reply.utf8), .ollamaGenerate)
        #expect(heard.text == "Hi")
        #expect(end == .finish(.stop))
    }

    @Test("(n) never ends a line is abandoned, and what came before is kept")
    func endlessLine() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
            let chunk = HTTPWire.chunk(String(repeating: "x", count: 1 << 20))
            while true { try await connection.send(chunk) }
        } while: { server in
            let listener = Listener()
            let fault = try await fault { try await ModelServer(server).answer(.hello, deliver: listener.hear) }
            #expect(fault.code == .modelProtocol)
            #expect(listener.text == "Hi")
            _ = try await server.disconnect()
        }
    }

    @Test("(o) sends lines without words causes no trouble")
    func emptyLines() async throws {
        let reply = OllamaWire.chat(tokens: ["", "Hi", "", "", "."])
        let (heard, end) = try await answer(Array(reply.utf8))
        #expect(heard.events == [.connected, .text("Hi"), .text(".")])
        #expect(end == .finish(.stop))
    }

    @Test("(p) says [DONE] after an error has failed")
    func doneAfterError() async throws {
        let error =
            #"data: {"error":{"message":"CUDA error: out of memory","type":"server_error","code":500}}"# + "\n\n"
        let reply = OpenAIWire.head + HTTPWire.chunk(OpenAIWire.event("Hi") + error + OpenAIWire.done)
        let (heard, end) = try await answer(Array((reply + HTTPWire.lastChunk).utf8), .openAI)
        #expect(heard.text == "Hi")
        #expect(end == .fault(.modelOutOfMemory, mentions: "use a smaller model"))
    }

    @Test("(p) says [DONE] and nothing else has not succeeded")
    func doneAlone() async throws {
        let reply = OpenAIWire.head + HTTPWire.chunk(OpenAIWire.event("Hi") + OpenAIWire.done) + HTTPWire.lastChunk
        #expect(try await answer(Array(reply.utf8), .openAI).end == .fault(.modelTruncated, mentions: "without saying"))
    }

    @Test("(q) gives a finish_reason and no [DONE] has succeeded")
    func noDoneMark() async throws {
        let reply = OpenAIWire.head + HTTPWire.chunk(OpenAIWire.event("Hi") + OpenAIWire.delta("{}", finish: "stop"))
        #expect(try await answer(Array((reply + HTTPWire.lastChunk).utf8), .openAI).end == .finish(.stop))
    }

    @Test("(q) stays silent after its finish_reason is not waited for")
    func silentAfterFinish() async throws {
        let clock = ManualClock()
        try await FaultServer.run { _, connection in
            let events = OpenAIWire.event("Hi") + OpenAIWire.delta("{}", finish: "length")
            try await connection.send(OpenAIWire.head + HTTPWire.chunk(events))
            try await connection.staySilent()
        } while: { server in
            let listener = Listener()
            let model = try ModelServer(server, .openAI, clock: clock)
            async let summary = model.answer(.hello, deliver: listener.hear)
            try await listener.firstText.opened()
            // Reaches the wait for [DONE], not the much longer wait for the next event that it replaces.
            async let _: Void = clock.pass(reach: .seconds(2))
            #expect(try await summary.finish == .length)
        }
    }

    @Test("(r) sends the token count after the end has it recorded")
    func usage() async throws {
        let usage =
            #"data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"# + "\n\n"
        try await FaultServer.run { _, connection in
            let events = OpenAIWire.event("Hi") + OpenAIWire.delta("{}", finish: "stop") + usage + OpenAIWire.done
            try await connection.send(OpenAIWire.head + HTTPWire.chunk(events) + HTTPWire.lastChunk)
        } while: { server in
            let summary = try await ModelServer(server, .openAI).answer(.hello) { _ in }
            #expect(summary.promptTokens == 9)
            #expect(summary.outputTokens == 2)
        }
    }

    @Test("(t) answers a request for a stream with one object is understood", arguments: Provider.allCases)
    func oneObject(provider: Provider) async throws {
        let body =
            switch provider {
            case .ollama: #"{"message":{"role":"assistant","content":"Hi"},"done":true,"done_reason":"stop"}"#
            case .ollamaGenerate: #"{"response":"Hi","done":true,"done_reason":"stop"}"#
            case .openAI: #"{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}"#
            case .anthropic:
                #"{"type":"message","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}"#
            }
        let (heard, end) = try await answer(Array(HTTPWire.reply(body).utf8), provider)
        #expect(heard.text == "Hi")
        #expect(end == .finish(.stop))
    }

    @Test("(u) closes its connection after every reply answers the next question, too")
    func closedBetweenQuestions() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        } while: { server in
            let model = try ModelServer(server)
            for _ in 1...3 { #expect(try await model.answer(.hello) { _ in }.finish == .stop) }
            #expect(server.requests.count == 3)
        }
    }

    @Test("(v) splits an emoji into two escapes loses nothing but the emoji", arguments: Provider.allCases)
    func loneSurrogate(provider: Provider) async throws {
        let halves = [#""A \ud83d""#, #""\ude00 B""#]
        let reply =
            switch provider {
            case .ollama:
                OllamaWire.head
                    + halves.map { HTTPWire.chunk(#"{"message":{"content":\#($0)},"done":false}"# + "\n") }
                    .joined() + OllamaWire.chatDone()
            case .ollamaGenerate:
                OllamaWire.head + halves.map { HTTPWire.chunk(#"{"response":\#($0),"done":false}"# + "\n") }.joined()
                    + OllamaWire.chatDone()
            case .openAI:
                OpenAIWire.head + halves.map { HTTPWire.chunk(OpenAIWire.delta(#"{"content":\#($0)}"#)) }.joined()
                    + HTTPWire.chunk(OpenAIWire.delta("{}", finish: "stop"))
            case .anthropic:
                AnthropicWire.head + halves.map { HTTPWire.chunk(AnthropicWire.delta(json: $0)) }.joined()
                    + HTTPWire.chunk(AnthropicWire.end())
            }
        let (heard, end) = try await answer(Array((reply + HTTPWire.lastChunk).utf8), provider)
        #expect(heard.text == "A \u{FFFD}\u{FFFD} B")
        #expect(end == .finish(.stop))
    }

    @Test("(w) leaves its reasoning in the answer has it passed on unread: the text stage removes it")
    func inlineReasoning() async throws {
        let reply = OllamaWire.chat(tokens: [#"<th"#, "ink>Hm</thi", "nk>Hi"])
        #expect(try await answer(Array(reply.utf8)).heard.text == "<think>Hm</think>Hi")
    }

    @Test(
        "(x) writes no space after data:, ends lines with CR, and begins with a BOM is understood",
        arguments: [1, 1 << 20])
    func unusualEvents(count: Int) async throws {
        let events = OpenAIWire.event("Hi") + OpenAIWire.delta("{}", finish: "stop")
        let reply = "\u{FEFF}" + events.replacing("data: ", with: "data:").replacing("\n", with: "\r")
        let head = HTTPWire.head(type: "text/event-stream", isChunked: false)
        let (heard, end) = try await answer(Array((head + reply).utf8), by: count, .openAI)
        #expect(heard.text == "Hi")
        #expect(end == .finish(.stop))
    }

    @Test("(y) repeats one word and then ends cleanly has not succeeded")
    func repetition() async throws {
        let words = String(repeating: OllamaWire.chat(" no"), count: 31)
        let (heard, end) = try await answer(Array((OllamaWire.head + words + HTTPWire.lastChunk).utf8))
        #expect(heard.text.count == 31 * 3)
        #expect(end == .fault(.modelTruncated, mentions: "without saying"))
    }
}
