// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit that the voice speaks at once: a sentence, or a clause of one.
package struct Piece: Sendable, Hashable {
    /// What a piece is in the text it came from.
    package enum Kind: String, Sendable, Hashable, Encodable {
        case sentence
        /// Part of a sentence, cut at a clause end, at a word because it ran on, or because the stream stalled.
        case clause
        case heading
        /// An item of a bulleted or numbered list; its number belongs to it.
        case item
        /// Said in place of something that is not read aloud, such as a block of code.
        case note
    }

    /// How a piece ends, which decides the pause before the next one.
    package enum Boundary: Sendable, Hashable {
        case clause
        case sentence
        case paragraph
    }

    /// Place in the answer, counted from 0; signals stand beside it and count from -1 downwards.
    package var index: Int
    /// The signal that it is; `nil` for a part of the answer. Without runs, it is an earcon.
    package var signal: AudibleSignal?
    package var kind: Kind
    /// What a reader sees: the model's words, mark-up removed.
    package var text: String
    /// What the voice reads, in runs of one language each.
    package var runs: [SpokenRun]
    /// How the piece ends.
    package var boundary: Boundary
    /// A paragraph begins with the piece. The piece before may not know: it may have been cut earlier.
    package var opensParagraph: Bool
    /// The UTF-8 bytes of the answer's text that the piece stands for, mark-up included.
    package var source: Range<Int>
    /// Ties places in ``spoken`` to places in the answer's text.
    package var alignment: Alignment

    package init(
        index: Int, signal: AudibleSignal? = nil, kind: Kind, text: String, runs: [SpokenRun], boundary: Boundary,
        opensParagraph: Bool = false, source: Range<Int>, alignment: Alignment
    ) {
        self.index = index
        self.signal = signal
        self.kind = kind
        self.text = text
        self.runs = runs
        self.boundary = boundary
        self.opensParagraph = opensParagraph
        self.source = source
        self.alignment = alignment
    }

    /// The whole of what the voice reads.
    package var spoken: String {
        runs.map(\.text).joined()
    }
}

/// A stretch of spoken text for one voice.
package struct SpokenRun: Sendable, Hashable {
    /// A BCP 47 tag such as `en`, `zh`, `ja`, `ru`, from which the voice is chosen.
    package var language: String
    /// What is read, free of control characters.
    package var text: String

    package init(language: String, text: String) {
        self.language = language
        self.text = text
    }
}
