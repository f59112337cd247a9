// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit of text that the voice speaks at once: a sentence, or a clause of one.
package struct Piece: Sendable, Hashable {
    /// What a piece is in the text it comes from.
    package enum Kind: String, Sendable, Hashable, Encodable {
        case sentence
        /// Part of a sentence: cut at the end of a clause, or at a word because the sentence ran on or the stream
        /// stalled.
        case clause
        case heading
        /// An item of a bulleted or numbered list; its number is part of it.
        case item
        /// Said in place of something that is not read aloud, such as a code block.
        case note
    }

    /// How a piece ends, which decides the pause before the next one.
    package enum Boundary: Sendable, Hashable {
        case clause
        case sentence
        case paragraph
    }

    /// Position in the answer, from 0. Signals are not part of the answer, and count down from -1.
    package var index: Int
    /// The signal, if the piece is one; `nil` for a part of the answer. A signal without runs is an earcon.
    package var signal: AudibleSignal?
    /// The sound to play; `nil` if it is made from the text.
    package var sound: PCMSound?
    package var kind: Kind
    /// What a reader sees: the model's words, without mark-up.
    package var text: String
    /// What the voice reads, in runs of one language each.
    package var runs: [SpokenRun]
    /// How the piece ends.
    package var boundary: Boundary
    /// Whether a paragraph begins with the piece. The piece before may have been cut before that was known.
    package var opensParagraph: Bool
    /// The UTF-8 bytes of the answer's text that the piece stands for, including mark-up.
    package var source: Range<Int>
    /// Ties places in ``spoken`` to places in the answer's text.
    package var alignment: Alignment

    package init(
        index: Int, signal: AudibleSignal? = nil, sound: PCMSound? = nil, kind: Kind, text: String, runs: [SpokenRun],
        boundary: Boundary, opensParagraph: Bool = false, source: Range<Int>, alignment: Alignment
    ) {
        self.index = index
        self.signal = signal
        self.sound = sound
        self.kind = kind
        self.text = text
        self.runs = runs
        self.boundary = boundary
        self.opensParagraph = opensParagraph
        self.source = source
        self.alignment = alignment
    }

    /// Everything that the voice reads.
    package var spoken: String {
        runs.map(\.text).joined()
    }
}

/// A stretch of spoken text for one voice.
package struct SpokenRun: Sendable, Hashable {
    /// A BCP 47 tag such as `en`, `zh`, `ja` or `ru`, which decides the voice.
    package var language: String
    /// The text to read, free of control characters.
    package var text: String

    package init(language: String, text: String) {
        self.language = language
        self.text = text
    }
}
