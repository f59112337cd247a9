// SPDX-License-Identifier: GPL-3.0-or-later

/// An event at a position in the sound.
struct Mark: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A piece begins, `pause` after the sound before it. `utterance` is the one it was written for.
        case begin(pause: Duration, utterance: Int)
        /// A word begins: its UTF-8 bytes in the spoken text.
        case word(Range<Int>)
        /// The piece has no more samples.
        case end
    }

    var kind: Kind
    /// Index of the piece.
    var piece: Int
    /// Position in the ``SampleRing``.
    var position: Int
}
