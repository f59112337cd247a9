// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("Word marks")
struct WordMarkTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var runs: [SpokenRun]
        var words: [String]
        /// From eSpeak NG 1.52 on, which reads some Chinese words whole.
        var newer: [String]

        init(_ runs: SpokenRun..., words: [String], newer: [String]? = nil) {
            self.runs = runs
            self.words = words
            self.newer = newer ?? words
        }

        var testDescription: String { runs.map(\.text).joined() }
    }

    @Test(
        "name the words of the piece",
        arguments: [
            Row(.english("The quick fox."), words: ["The", "quick", "fox"]),
            Row(.english("A naïve café!"), words: ["A", "naïve", "café"]),
            Row(.chinese("你好，我是。"), words: ["你", "好", "我", "是"], newer: ["你好", "我", "是"]),
            // eSpeak NG gets 着 as the longer "zhao2".
            Row(
                .chinese("别着急，我睡着了。"), words: ["别", "着", "急", "我", "睡", "着", "了"],
                newer: ["别", "着急", "我", "睡着", "了"]),
            Row(
                .english("Learn "), .chinese("中文"), .english(" now."),
                words: ["Learn", "中", "文", "now"]),
            Row(SpokenRun(language: "ru", text: "Привет, мир!"), words: ["Привет", "мир"]),
            Row(SpokenRun(language: "ko", text: "안녕하세요, 반갑습니다."), words: ["안녕하세요", "반갑습니다"]),
            // eSpeak NG reports a number once for each group that it reads it in.
            Row(.english("It costs 1234567 dollars."), words: ["It", "costs", "1234567", "dollars"]),
            // Words of more than 31 letters are reported as 31.
            Row(
                .english("A \(String(repeating: "na", count: 20)) b."),
                words: ["A", String(repeating: "na", count: 20), "b"]),
            Row(.english("\tone\u{1}two"), words: ["one", "two"]),
        ])
    func words(row: Row) async throws {
        let recording = Recording()
        let synthesizer = try await Synthesizer.start()
        _ = try await synthesizer.synthesize(row.runs, into: recording.take)
        let words = ["1.50", "1.51"].contains(synthesizer.version) ? row.words : row.newer
        #expect(recording.words(in: row.runs) == words)
        #expect(!recording.hasLateMark)
    }

    @Test(
        "are ascending, inside the sound, and never late",
        arguments: [
            "Dr. Smith paid 22.5 for it — e.g. at 10:30 😀, and it's well-known; https://a.b/c?d=1 [x] C++.",
            "I'll go to the end of a an the of. Then, well, no!", "AT&T, 1,000,000 — foo_bar.txt",
        ])
    func order(text: String) async throws {
        let run = SpokenRun.english(text)
        let recording = try await Synthesizer.start().record(run, .chinese("我是2024年12.5度。"), run)
        let marks = recording.marks
        #expect(marks.count > 10)
        #expect(marks.first?.frame == 0)
        #expect(!recording.hasLateMark)
        #expect(zip(marks, marks.dropFirst()).allSatisfy { $0.frame <= $1.frame })
        #expect(zip(marks, marks.dropFirst()).allSatisfy { $0.spoken.upperBound <= $1.spoken.lowerBound })
        #expect(marks.allSatisfy { $0.frame < recording.samples.count && !$0.spoken.isEmpty })
    }

    @Test("are where the word begins: after the pause before it")
    func place() async throws {
        let synthesizer = try await Synthesizer.start()
        let recording = try await synthesizer.record(.english("Stop. Go."))
        let mark = try #require(recording.marks.last)
        // Sound before and after; silence right before.
        #expect(recording.samples[..<mark.frame].contains(where: isSound))
        #expect(!recording.samples[(mark.frame - 1_000)..<mark.frame].contains(where: isSound))
        #expect(recording.samples[mark.frame..<(mark.frame + 3_000)].contains(where: isSound))
    }
}
