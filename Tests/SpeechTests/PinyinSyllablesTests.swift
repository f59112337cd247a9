// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Speech

@Suite("Pinyin in place of a character")
struct PinyinSyllablesTests {
    @Test(
        "is given to the voice, and leaves the displayed text as long as it was",
        arguments: [
            ("龰急", "zhao2急", "着急"), ("别龰急。睡龰了", "别zhao2急。睡zhao2了", "别着急。睡着了"), ("看着", "看着", "看着"), ("", "", ""),
        ])
    func text(given: String, spoken: String, shown: String) {
        #expect(PinyinSyllables(given).text == spoken)
        #expect(PinyinSyllables.shown(given) == shown)
        #expect(shown.utf8.count == given.utf8.count)
    }

    @Test(
        "keeps the positions of words", arguments: [("别龰急吗", [1, 2, 7, 8], [1, 2, 3, 4]), ("急吗", [1, 2], [1, 2])])
    func places(given: String, spoken: [Int], original: [Int]) {
        let syllables = PinyinSyllables(given)
        let events = spoken.map { WordEvent(position: $0, length: 1, frame: 0) }
        #expect(events.map { syllables.original($0).position } == original)
    }

    @Test("doesn't show in the text that is reported as spoken")
    func spelling() async throws {
        let engine = try await ESpeakEngine.start()
        let run = SpokenRun(language: "zh", text: "别着急，重做。")
        let spelling = engine.spelling(of: run, VoiceParameters())
        #expect(spelling.contains("着急") && spelling.utf8.count == run.text.utf8.count)
    }
}
