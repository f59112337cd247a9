// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("Speaking with eSpeak NG")
struct SynthesizerTests {
    @Test("speaks a sentence: sound of a plausible length and level, in several chunks")
    func sentence() async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = try await synthesizer.record(.english("The quick brown fox jumps over the lazy dog."))
        let seconds = synthesizer.format.duration(ofFrames: recording.samples.count).inSeconds
        #expect((1.5...4).contains(seconds))
        #expect(recording.samples.contains { $0.magnitude > 5_000 })
        #expect(recording.calls > 10)
    }

    @Test(
        "begins and ends with sound, whatever the voice adds",
        arguments: [
            SpokenRun.english("Hello there, my friend."), .english("Sixty-six ships sail."), .english("Wait!"),
            .chinese("今天天气很好！"), SpokenRun(language: "ru", text: "Привет, как дела?"),
        ])
    func trimmed(run: SpokenRun) async throws {
        let recording = try await Synthesizer.start().record(run)
        let first = try #require(recording.samples.first)
        let last = try #require(recording.samples.last)
        #expect(isSound(first) && isSound(last))
    }

    @Test("keeps the pauses inside a piece")
    func innerPause() async throws {
        let recording = try await Synthesizer.start().record(.english("Yes. No."))
        #expect(recording.samples.longestSilence >= 22_050 / 10)
    }

    @Test("leaves 40 ms of silence between two runs, not the silence of two voices")
    func gapBetweenRuns() async throws {
        let recording = try await Synthesizer.start().record(.english("one"), .chinese("二"))
        #expect(recording.samples.longestSilence >= 882)
        #expect(recording.samples.longestSilence < 1_500)
    }

    @Test(
        "text without anything to say gives no sound and ends",
        arguments: ["", " ", ".", "......", "\u{0}", "\u{1}\u{2}\u{7F}", "\n\n", "\u{200B}", "。", "…"])
    func nothingToSay(text: String) async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = Recording()
        let synthesis = try await synthesizer.synthesize([.english(text)], into: recording.take)
        #expect(synthesis.frames == 0 && synthesis.isComplete && recording.calls == 0)
    }

    @Test("no runs give no sound")
    func noRun() async throws {
        #expect(try await Synthesizer.start().record().samples.isEmpty)
    }

    @Test("blank runs between others leave no gap")
    func blankRuns() async throws {
        let synthesizer = try await Synthesizer.start()
        let plain = try await synthesizer.record(.english("one"), .english("two"))
        let padded = try await synthesizer.record(
            .english(" "), .english("one"), .english("."), .english("two"), .english(" "))
        #expect(padded.samples.count.isAbout(plain.samples.count, within: 0.08))
        #expect(padded.marks.map(\.spoken) == [1..<4, 5..<8])
    }

    @Test(
        "mark-up and eSpeak NG's own commands are read as text",
        arguments: [
            // What must be spoken, and what it would be if it were obeyed.
            ("[[h@loU]]", "hello"), ("<b>x</b>", "x"), ("x &amp; y", "x & y"), ("<break time=\"9s\"/>x", "x"),
        ])
    func markUp(text: String, obeyed: String) async throws {
        let synthesizer = try await Synthesizer.start()
        let read = try await synthesizer.record(.english(text)).samples.count
        let ifObeyed = try await synthesizer.record(.english(obeyed)).samples.count
        #expect(read > ifObeyed * 5 / 4)
    }

    @Test("an embedded command for another pitch and rate is not obeyed")
    func controlCharacters() async throws {
        let synthesizer = try await Synthesizer.start()
        let clean = try await synthesizer.record(.english("  90S hello there"))
        let commanded = try await synthesizer.record(.english("\u{1} 90S hello there"))
        #expect(commanded.samples.count.isAbout(clean.samples.count, within: 0.08))
        let plain = try await synthesizer.record(.english("hello there"))
        let split = try await synthesizer.record(.english("hello\u{0}there"))
        #expect(split.samples.count.isAbout(plain.samples.count, within: 0.1))
    }

    @Test("a piece of 300 characters is spoken to its end")
    func longPiece() async throws {
        let text = String(repeating: "a long piece that goes on and on ", count: 9) + "to the end."
        let recording = try await Synthesizer.start().record(.english(text))
        #expect(recording.words(in: [.english(text)]).last == "end")
    }

    @Test(
        "text that is not prose doesn't break it",
        arguments: [
            String(repeating: "a", count: 20_000), String(repeating: "1", count: 3_000),
            String(repeating: "好", count: 3_000), "\u{E000}\u{F8FF}\u{FFFE}\u{10FFFF}", "e\u{301}\u{302}\u{303}",
            "👩‍👩‍👧‍👦🇩🇪", String(repeating: "(\"[{", count: 500),
        ])
    func strangeText(text: String) async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = Recording(limit: 200)
        _ = try await synthesizer.synthesize([.english(text), .chinese(text)], into: recording.take)
        #expect(!recording.hasLateMark)
        let after = try await synthesizer.record(.english("Hello there."))
        #expect(after.words(in: [.english("Hello there.")]) == ["Hello", "there"])
    }
}

extension [Int16] {
    /// The longest stretch without sound, in frames.
    var longestSilence: Int {
        var longest = 0
        var current = 0
        for sample in self {
            current = isSound(sample) ? 0 : current + 1
            longest = Swift.max(longest, current)
        }
        return longest
    }
}

extension Int {
    func isAbout(_ other: Int, within fraction: Double) -> Bool {
        Double((self - other).magnitude) <= Double(other) * fraction
    }
}
