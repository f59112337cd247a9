// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import TextNormalization

/// What is spoken for a text that is its own source.
///
/// - Parameter question: the question that the text answers, for the language of text without letters.
func speak(
    _ text: String, language: String = "en", question: String? = nil
) -> (runs: [SpokenRun], alignment: Alignment) {
    let end = text.utf8.count
    let anchors = [Alignment.Anchor(spoken: 0, source: 0), Alignment.Anchor(spoken: end, source: end)]
    var speech = SpeechText(AnswerLanguage(configured: language, question: question))
    return speech.speak(MappedText(text: text, anchors: anchors))
}

/// The spoken text in one string.
func spoken(_ text: String, language: String = "en") -> String {
    speak(text, language: language).runs.map(\.text).joined()
}

/// Expects that a voice of `language` says the same for `text` and for `words`, which are the expected words.
///
/// Chinese words are given in characters, and read as text that needs no normalization.
func expectSame(
    _ text: String, _ words: String, _ language: String = "en", location: SourceLocation = #_sourceLocation
) async throws {
    let said = spoken(text, language: language)
    let heard = try await Phonemes.of(said, language: language)
    let wanted = try await Phonemes.of(language == "zh" ? spoken(words, language: "zh") : words, language: language)
    #expect(heard == wanted, "\(said)", sourceLocation: location)
}
