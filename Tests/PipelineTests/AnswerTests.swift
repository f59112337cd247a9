// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
import Playback
import Testing
import Utterance

@Suite("An answer") struct AnswerTests {
    @Test("is spoken sentence by sentence, and reports everything in order")
    func order() async throws {
        let spoken = try await Spoken.run(Spoken.texts(["Hello the", "re. How are", " you?"]))
        #expect(spoken.ending == .finished)
        #expect(spoken.text == "Hello there. How are you?")
        #expect(spoken.pieces == ["Hello there.", "How are you?"])
        #expect(spoken.heard == [0, 1])
        #expect(spoken.kinds.first == .accepted)
        #expect(spoken.events.map(\.sequence) == Array(0..<spoken.events.count))
        #expect(spoken.events.count(where: \.isLast) == 1)
        #expect(spoken.events.last?.isLast == true)
        #expect(spoken.summary?.heardEnd == spoken.text.utf8.count)
        #expect(spoken.summary?.pieces == 2)
    }

    @Test("reports where each piece and each word is in the text as it was written")
    func places() async throws {
        let spoken = try await Spoken.run(Spoken.texts(["It is **very** warm. 今天天气很好！"]))
        let bytes = Array(spoken.text.utf8)
        var words: [String] = []
        for kind in spoken.kinds {
            if case .word(let word) = kind {
                words.append(String(decoding: bytes[word.start..<word.end], as: UTF8.self))
            }
        }
        #expect(words.contains { $0.contains("very") } && words.contains { $0.contains("warm") })
        #expect(words.contains { $0.contains("今") })
    }

    @Test("speaks Chinese with a Mandarin voice, and changes voices within a sentence")
    func voices() async throws {
        let spoken = try await Spoken.run(Spoken.texts(["你好，我是语音助手。", "Python 语言很好。"]))
        let voices = spoken.kinds.compactMap { if case .piece(let piece) = $0 { piece.voice } else { nil } }
        try #require(voices.count == 2)
        #expect(!voices[0].contains("en"))
        #expect(voices[1].split(separator: ", ").count == 2)
    }

    @Test("that the source cuts off is spoken as far as it came, then the fault is reported once, aloud too")
    func brokenOff() async throws {
        let fault = Fault(.modelTruncated, "Cut.")
        let spoken = try await Spoken.run { deliver in
            try await deliver(.text("One came. Half of"))
            throw fault
        }
        #expect(spoken.ending == .failed(fault))
        #expect(spoken.pieces == ["One came.", "Half of"])
        #expect(spoken.signals == ["Sorry, the answer broke off."])
        #expect(spoken.heard == [0, 1])
        #expect(spoken.events.count(where: \.isLast) == 1)
    }

    @Test("doesn't speak faults into a file, or if that is switched off", arguments: [false, true])
    func silentFaults(isLive: Bool) async throws {
        let output = FakeOutput(isLive: isLive)
        let spoken = try await Spoken.run(to: output, parameters: { $0.signals.speaksFaults = !isLive }) { deliver in
            try await deliver(.text("One came."))
            throw Fault(.modelTruncated, "Cut.")
        }
        #expect(spoken.pieces == ["One came."])
        #expect(spoken.signals.isEmpty)
    }

    @Test("with no text and no fault is a separate fault")
    func empty() async throws {
        let blank = try await Spoken.run(Spoken.texts([" ", "\n"]))
        guard case .failed(let fault) = blank.ending else { throw Missing() }
        #expect(fault.code == .answerEmpty)
        let reasoned = try await Spoken.run { deliver in
            try await deliver(.thinking("Hmm."))
            return ModelSummary(finish: .length)
        }
        guard case .failed(let other) = reasoned.ending else { throw Missing() }
        #expect(other.code == .answerOnlyReasoning)
        #expect(reasoned.kinds.contains(.thinking))
    }

    @Test("of only symbols is shown, reported as unspeakable, and not a fault", arguments: [".", "😀", "…"])
    func signs(text: String) async throws {
        let spoken = try await Spoken.run(Spoken.texts([text]))
        #expect(spoken.ending == .finished)
        #expect(spoken.text == text)
        #expect(spoken.notices == ["nothing_to_speak"])
    }

    @Test("that the token limit cut off is not a fault, but a notice")
    func truncated() async throws {
        let spoken = try await Spoken.run(Spoken.texts(["All I"], finish: .length))
        #expect(spoken.ending == .finished)
        #expect(spoken.notices == ["truncated"])
        #expect(spoken.pieces == ["All I"])
    }

    @Test("without end is ended after its maximum time, and its source is closed")
    func endless() async throws {
        let spoken = try await Spoken.run(parameters: { $0.longestAnswer = .seconds(1) }) { deliver in
            while true { try await deliver(.text("This goes on and on. ")) }
        }
        #expect(spoken.ending == .finished)
        #expect(spoken.notices == ["longest_answer"])
        #expect(spoken.heard == Array(0..<spoken.heard.count) && spoken.heard.count < 10)
    }

    @Test("whose reasoning is recognized too late drops what was not yet heard, and goes on")
    func discard() async throws {
        let (output, log) = (FakeOutput(audible: 0), EventLog())
        let spoken = try await Spoken.run(to: output, log: log) { deliver in
            try await deliver(.text("First I think. Then I think more. "))
            try await log.waitUntilSynthesized(0)
            try await deliver(.text("</think>"))
            try await deliver(.text("The answer is four."))
            return ModelSummary(finish: .stop)
        }
        #expect(spoken.ending == .finished)
        #expect(spoken.kinds.contains(.discard))
        #expect(output.drops == 1)
        #expect(spoken.pieces.last == "The answer is four.")
        #expect(spoken.heard.last == spoken.pieces.count - 1)
    }

    private struct Missing: Error {}
}
