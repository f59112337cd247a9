// SPDX-License-Identifier: GPL-3.0-or-later

/// A word that eSpeak NG begins to say.
struct WordEvent {
    /// The position of its first Unicode scalar in the text, from 1.
    var position: Int
    /// Its length in Unicode scalars, at most 31; 0 if eSpeak NG doesn't report it.
    var length: Int
    /// Its first frame in the text's sound.
    var frame: Int
}

/// Finds eSpeak NG's words in a text, as ascending UTF-8 ranges that don't overlap.
///
/// eSpeak NG reports a long number several times, steps back at the ends of clauses, and reports a length of 0. An
/// event inside a word that was already found, or with only whitespace, is not a new word.
struct WordRanges {
    private let text: String.UnicodeScalarView
    private var index: String.UnicodeScalarView.Index
    /// The position of `index`: in scalars from 0, and in bytes of the whole piece.
    private var scalar = 0
    private var byte: Int

    /// - Parameters:
    ///   - text: what eSpeak NG reads.
    ///   - offset: where it begins in the piece, in UTF-8 bytes.
    init(text: String, offset: Int = 0) {
        self.text = text.unicodeScalars
        self.index = text.unicodeScalars.startIndex
        self.byte = offset
    }

    /// Returns the UTF-8 bytes of the word, in the piece; `nil` if it isn't a new word.
    ///
    /// The end of a word in Han characters may be too early until the next word is known (``extendWord(before:)``).
    mutating func range(of event: WordEvent) -> Range<Int>? {
        guard isNew(event) else { return nil }
        let end = event.position - 1 + event.length
        while scalar < event.position - 1, index < text.endIndex { advance() }
        while index < text.endIndex, text[index].properties.isWhitespace { advance() }
        guard index < text.endIndex else { return nil }
        let lowerBound = byte
        if event.length == 0 || event.length >= Self.longestLength {
            advanceOverWord()
        } else {
            while scalar < end, index < text.endIndex { advance() }
        }
        guard lowerBound < byte else { return nil }
        endsInIdeograph = text[text.index(before: index)].properties.isIdeographic
        return lowerBound..<byte
    }

    func isNew(_ event: WordEvent) -> Bool { event.position > scalar }

    /// Whether the last word ended with a Han character, so that more of them may belong to it.
    private(set) var endsInIdeograph = false

    /// Extends the last word over the Han characters up to the next word. From 1.52 on, a voice may read several at
    /// once and report only the first.
    ///
    /// - Parameter event: the next word; `nil` at the end of the text.
    /// - Returns: the new end, in bytes of the piece.
    mutating func extendWord(before event: WordEvent?) -> Int {
        let end = event.map { $0.position - 1 } ?? Int.max
        while scalar < end, index < text.endIndex, text[index].properties.isIdeographic { advance() }
        return byte
    }

    /// eSpeak NG has five bits for the length, so longer lengths are cut off.
    private static let longestLength = 31

    private mutating func advanceOverWord() {
        let isIdeograph = text[index].properties.isIdeographic
        advance()
        guard !isIdeograph else { return }
        while index < text.endIndex, text[index].isPartOfWord { advance() }
    }

    private mutating func advance() {
        byte += UTF8.width(text[index])
        scalar += 1
        index = text.index(after: index)
    }
}

extension Unicode.Scalar {
    fileprivate var isPartOfWord: Bool {
        (properties.isAlphabetic && !properties.isIdeographic) || properties.numericType != nil || self == "'"
            || self == "’" || properties.canonicalCombiningClass != .notReordered
    }
}
