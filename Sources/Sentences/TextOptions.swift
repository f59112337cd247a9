// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What of an answer is read aloud, and how it is cut. The defaults are fine for most uses.
package struct TextOptions: Sendable {
    /// What the offsets in `Piece.source` refer to.
    package enum OffsetBase: Sendable {
        /// Bytes of the answer's text: all `SentenceEvent.text`s, concatenated.
        case answer
        /// Bytes of everything that was appended, including reasoning.
        case input
    }

    /// BCP 47 tag of the language of Latin text, such as `en`, which also selects the rules for sentence boundaries.
    package var language: String
    /// The text of the question that is being answered. Its language is that of the answer before the answer's first
    /// letter.
    package var question: String?
    /// The most characters of a piece. A Han character, kana or Hangul syllable counts as four. The limit is about 20
    /// seconds of speech.
    package var longestPiece: Int
    package var offsets: OffsetBase
    package var codeBlocks: SkippedContent
    package var tables: SkippedContent
    package var sentenceEnds: SentenceEnds

    package init(
        language: String = "en", longestPiece: Int = 300, offsets: OffsetBase = .answer,
        codeBlocks: SkippedContent = .note, tables: SkippedContent = .note,
        sentenceEnds: SentenceEnds = SentenceEnds()
    ) {
        self.language = language
        self.longestPiece = longestPiece
        self.offsets = offsets
        self.codeBlocks = codeBlocks
        self.tables = tables
        self.sentenceEnds = sentenceEnds
    }
}
