// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

@testable import TextNormalization

/// What is spoken for a text that is its own source.
func speak(_ text: String, language: String = "en") -> (runs: [SpokenRun], alignment: Alignment) {
    let end = text.utf8.count
    let anchors = [Alignment.Anchor(spoken: 0, source: 0), Alignment.Anchor(spoken: end, source: end)]
    return SpeechText(language: language).speak(MappedText(text: text, anchors: anchors))
}

/// The spoken text in one string.
func spoken(_ text: String, language: String = "en") -> String {
    speak(text, language: language).runs.map(\.text).joined()
}
