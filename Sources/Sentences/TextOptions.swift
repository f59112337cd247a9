// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What is read aloud of an answer, and how it is cut. The defaults need no thought.
package struct TextOptions: Sendable {
    /// What `Piece.source` counts.
    package enum OffsetBase: Sendable {
        /// Bytes of the answer's text: all `SentenceEvent.text`s one after the other.
        case answer
        /// Bytes of everything that was appended, reasoning included.
        case input
    }

    /// BCP 47 tag of Latin text that says nothing else, such as `en`; it picks the rules of boundaries as well.
    package var language: String
    /// The text of the question that is answered: what has no letters before the answer's first is in its language.
    package var question: String?
    /// The most characters of a piece. A Han character, kana or hangul syllable counts as four: the bound is about
    /// 20 seconds of speech.
    package var longestPiece: Int
    package var offsets: OffsetBase
    package var codeBlocks: SkippedContent
    package var tables: SkippedContent
    package var sentenceEnds: SentenceEnds
    package var reasoningTags: [ReasoningTags]
    /// The stream begins inside reasoning (the prompt ended with the opening tag): text is held back until the closing
    /// tag. If the stream ends without one, what was held is the answer.
    package var startsInReasoning: Bool

    package init(
        language: String = "en", longestPiece: Int = 300, offsets: OffsetBase = .answer,
        codeBlocks: SkippedContent = .note, tables: SkippedContent = .note,
        sentenceEnds: SentenceEnds = SentenceEnds(), reasoningTags: [ReasoningTags] = ReasoningTags.known,
        startsInReasoning: Bool = false
    ) {
        self.language = language
        self.longestPiece = longestPiece
        self.offsets = offsets
        self.codeBlocks = codeBlocks
        self.tables = tables
        self.sentenceEnds = sentenceEnds
        self.reasoningTags = reasoningTags
        self.startsInReasoning = startsInReasoning
    }
}
