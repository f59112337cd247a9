// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

extension String {
    /// The names of the scripts in this text that a voice for `script` can't read, such as `Lao`, each once.
    ///
    /// Latin letters and single mathematical symbols don't count: a voice leaves out those that it has no word for.
    func scripts(leftOutBy script: WritingSystem) -> [String] {
        var names: [String] = []
        for scalar in unicodeScalars where scalar.value > 0x370 && !script.contains(scalar) {
            guard let name = scalar.nameOfScript, !names.contains(name) else { continue }
            names.append(name)
        }
        return names
    }
}

extension Unicode.Scalar {
    /// Unicode's name for the script of a letter: the first words of the letter's name, as in LAO LETTER SO SUNG.
    fileprivate var nameOfScript: String? {
        guard !properties.isIdeographic else { return "Chinese characters" }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: break
        default: return nil
        }
        // Letterlike symbols and mathematical letters.
        guard let name = properties.name, !(0x2000...0x2BFF).contains(value), !(0x1D400...0x1D7FF).contains(value)
        else {
            return nil
        }
        let words = name.split(separator: " ").prefix { !Self.kinds.contains(String($0)) }
        guard let first = words.first, first != "LATIN", first != "GREEK" else { return nil }
        return words.map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: " ")
    }

    /// The words that follow the name of the script.
    private static let kinds: Set<String> = [
        "LETTER", "CAPITAL", "SMALL", "SYLLABLE", "SYLLABICS", "CHARACTER", "VOWEL", "INDEPENDENT", "CONSONANT", "SIGN",
        "IDEOGRAPH", "HIEROGLYPH", "LIGATURE",
    ]
}

extension Notice {
    /// Part of the text is not spoken, since no installed voice reads its script.
    package static let textLeftOut = "text_left_out"

    static func textLeftOut(_ scripts: [String]) -> Notice {
        Notice(
            textLeftOut,
            "eSpeak NG has no voice that reads \(scripts.joined(separator: ", ")): that part of the text is left out.")
    }

    static let textLeftOutAfterCrash = Notice(
        textLeftOut, "eSpeak NG crashed on a part of the text, which is left out; please report it.")

    static func missingVoice(for language: String, substitute: Voice) -> Notice {
        Notice(
            "voice_missing",
            "eSpeak NG has no voice that reads the language “\(language)”: \(substitute.name) reads it instead.")
    }
}
