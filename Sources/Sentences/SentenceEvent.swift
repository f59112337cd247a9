// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What comes out of a ``SentenceStream``, in order.
package enum SentenceEvent: Sendable, Equatable {
    /// Reasoning has begun in the text; once for each block.
    case reasoning
    /// The answer's text as the model wrote it, without reasoning. All of them one after the other are the answer.
    case text(String)
    /// Something to be spoken.
    case piece(Piece)
    /// All before was reasoning after all (a late `</think>`): what is not yet spoken is to be dropped.
    ///
    /// Offsets and indices go on counting; the answer begins with the next ``text(_:)``.
    case discard
}

/// Where a stream stands with respect to inline reasoning.
package enum ReasoningState: Sendable, Equatable {
    /// None was seen.
    case none
    /// The text that comes now is reasoning. At the end of the stream: it was cut before an answer came.
    case open
    /// A block was seen, and it ended.
    case closed
}
