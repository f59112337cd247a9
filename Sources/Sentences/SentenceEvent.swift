// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The output of a ``SentenceStream``, in order.
package enum SentenceEvent: Sendable, Equatable {
    /// Reasoning has begun in the text. Once per block.
    case reasoning
    /// The answer's text as the model wrote it, without reasoning. Concatenated, these are the answer.
    case text(String)
    /// Something to be spoken.
    case piece(Piece)
    /// Everything so far was reasoning after all (a late `</think>`): drop what has not been spoken yet.
    ///
    /// Offsets and indices keep counting; the answer begins with the next ``text(_:)``.
    case discard
}
