// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// Returns the text in the form that a voice of this script can read. Every character keeps its place: one that the
    /// voice must not get becomes a space.
    ///
    /// Control characters are commands to eSpeak NG. Text that a voice doesn't know is read in another language, and
    /// such a change in the middle of a clause makes eSpeak NG look up sounds in the wrong table: 1.51's Danish voice
    /// crashed on `‹-x`, its Hindi one on `ꡒN䋚`, later versions on more (github.com/espeak-ng/espeak-ng/pull/2492). So
    /// a voice gets the letters of its own script, and of the rest only what it says in its own language. A word of
    /// more than 160 bytes overflows eSpeak NG's stack, so words are cut at ``longestWord``. What remains are letters
    /// of the script that the voice's language doesn't have, such as Serbian ones in Kyrgyz: it spells them in another
    /// language.
    ///
    /// - Parameter says: whether the voice says this character, by itself, without changing its language.
    func speakable(in script: WritingSystem, says: (Unicode.Scalar) -> Bool) -> String {
        var result = UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        var wordLength = 0
        var isCut = false
        var joints = 0
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let before = previous
            previous = scalar.speakable(in: script, after: before, before: rest.first ?? " ", says: says)
            if previous == ".", before == " " || rest.first?.properties.isAlphabetic == true {
                joints += 1
                if isCut || joints > Self.mostJoints { previous = " " }
            }
            wordLength = previous.isWordOfItsOwn ? 0 : wordLength + UTF8.width(previous)
            if wordLength > Self.longestWord {
                previous = " "
                wordLength = 0
                isCut = true
            } else if previous != " " {
                isCut = false
            }
            result.append(previous)
        }
        return String(result)
    }

    /// The text with spaces in place of the first `count` scalars, and of everything but letters, digits and sentence
    /// punctuation.
    func plain(after count: Int) -> String {
        var result = UnicodeScalarView()
        for (index, scalar) in unicodeScalars.enumerated() {
            result.append(index >= count && scalar.isPlain ? scalar : " ")
        }
        return String(result)
    }

    /// In UTF-8 bytes; the longest German words take 80, Russian ones 110.
    private static let longestWord = 120
    /// Full stops after a space or before a letter, as in ".env" and "a.b": eSpeak NG joins the words on both sides,
    /// and a chain of 60 in a clause overflows its stack.
    private static let mostJoints = 20
}

extension Unicode.Scalar {
    fileprivate func speakable(
        in script: WritingSystem, after previous: Self, before next: Self, says: (Self) -> Bool
    ) -> Self {
        switch self {
        case "‘", "’", "‚", "‛", "‹", "›": "'"
        case "“", "”", "„", "‟", "«", "»": "\""
        // A hyphen belongs inside a word or before a number; `'-L` crashes 1.51's Vietnamese voice.
        case "-" where !previous.isLetterOrDigit && !("0"..."9").contains(next): " "
        // Without a space after it, as in Chinese and Japanese, eSpeak NG ignores a half-width mark: no pause.
        case _ where isClauseMark && script.isWrittenWithoutBlanks && next.isLetterOf(script):
            fullWidth.map { says($0) ? $0 : self } ?? self
        default: script.contains(self) && (script.isHome(to: self) || says(self)) ? self : " "
        }
    }

    fileprivate var isPlain: Bool {
        properties.isAlphabetic || properties.numericType != nil || isClauseMark
            || ".。！？，、；：".unicodeScalars.contains(self)
    }

    private var isClauseMark: Bool { ",;:!?".unicodeScalars.contains(self) }

    private func isLetterOf(_ script: WritingSystem) -> Bool { value > 0xFF && script.isHome(to: self) }

    /// The full-width form of a printable ASCII character (https://www.unicode.org/charts/PDF/UFF00.pdf).
    private var fullWidth: Self? { Self(value + 0xFEE0) }

    /// Whitespace, or a character that eSpeak NG treats as a word.
    fileprivate var isWordOfItsOwn: Bool { properties.isWhitespace || properties.isIdeographic }

    private var isLetterOrDigit: Bool {
        properties.isAlphabetic || properties.numericType != nil
    }
}
