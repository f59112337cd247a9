// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The rules of a language that is written in words; nil for one that is left to eSpeak NG altogether.
    static func of(_ language: String) -> ReadingRules? {
        switch language.prefix(while: { $0 != "-" && $0 != "_" }) {
        case "en": .english
        case "de": .german
        case "fr": .french
        case "es": .spanish
        case "it": .italian
        case "pt": .portuguese
        case "ru": .russian
        case "ja": .japanese
        case "ko": .korean
        default: nil
        }
    }
}
