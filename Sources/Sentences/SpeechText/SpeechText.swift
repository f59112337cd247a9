// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The text as it is read: one run in the configured language, word for word.
package struct SpeechText: Sendable {
    private let language: String

    /// - Parameter language: BCP 47 tag of Latin text that says nothing else, such as `en`.
    package init(language: String) {
        self.language = language
    }

    /// What a voice reads for `text`, and how that maps back to the source.
    package func speak(_ text: MappedText) -> (runs: [SpokenRun], alignment: Alignment) {
        ([SpokenRun(language: language, text: text.text)], Alignment(anchors: text.anchors))
    }
}
