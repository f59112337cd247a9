// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The text as a voice of this script can be given it, place for place: a blank stands for what it must not get.
    ///
    /// Control characters are commands to eSpeak NG. What a voice does not know is read in another language, and the
    /// change in the middle of a clause makes eSpeak NG look for sounds in the wrong table: 1.51's Danish voice crashed on
    /// `‹-x`, its Hindi one on `ꡒN䋚`, later versions on more (github.com/espeak-ng/espeak-ng/pull/2492). So a voice gets
    /// the letters of its own script, and of the rest only what it says in its own language. A word of more than
    /// 160 bytes overflows its stack: it is cut at ``longestWord``.
    ///
    /// - Parameter says: whether the voice says this character, standing alone, without changing its language.
    func speakable(in script: WritingSystem, says: (Unicode.Scalar) -> Bool) -> String {
        var result = UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        var wordLength = 0
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let next = rest.first ?? " "
            previous = scalar.speakable(in: script, after: previous, before: next, says: says)
            // eSpeak NG takes the blanks before a full stop out.
            let isBetweenWords = previous.isWordOfItsOwn && rest.first { $0 != " " } != "."
            wordLength = isBetweenWords ? 0 : wordLength + UTF8.width(previous)
            if wordLength > Self.longestWord {
                previous = " "
                wordLength = 0
            }
            result.append(previous)
        }
        return String(result)
    }

    /// In bytes of UTF-8; German's longest come to 80, Russian's to 110.
    private static let longestWord = 120
}

extension Unicode.Scalar {
    fileprivate func speakable(
        in script: WritingSystem, after previous: Self, before next: Self, says: (Self) -> Bool
    ) -> Self {
        switch self {
        case "‘", "’", "‚", "‛", "‹", "›": "'"
        case "“", "”", "„", "‟", "«", "»": "\""
        // A hyphen belongs into a word or before a number; `'-L` crashes 1.51's Vietnamese voice.
        case "-" where !previous.isLetterOrDigit && !("0"..."9").contains(next): " "
        default: script.contains(self) && (script.isHome(to: self) || says(self)) ? self : " "
        }
    }

    /// A blank, or a character that eSpeak NG takes for a word.
    fileprivate var isWordOfItsOwn: Bool { properties.isWhitespace || properties.isIdeographic }

    private var isLetterOrDigit: Bool {
        properties.isAlphabetic || properties.numericType != nil
    }
}
