// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What the listener hears of an answer that takes long.
enum StillThinking {
    /// - Parameter language: a BCP 47 tag.
    /// - Returns: the sentence, and the language it is in: English where there is none in that one.
    static func sentence(in language: String) -> (text: String, language: String) {
        guard let text = sentences[language.primaryLanguage] else { return ("Still thinking.", "en") }
        return (text, language)
    }

    private static let sentences = [
        "en": "Still thinking.", "zh": "请稍等，我还在想。", "de": "Ich denke noch nach.", "fr": "Je réfléchis encore.",
        "es": "Sigo pensando.", "it": "Sto ancora pensando.", "pt": "Ainda estou pensando.", "ja": "まだ考えています。",
        "ko": "아직 생각하고 있어요.", "ru": "Я всё ещё думаю.",
    ]
}
