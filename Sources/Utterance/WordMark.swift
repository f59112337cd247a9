// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a word begins in a piece's sound.
package struct WordMark: Sendable, Hashable {
    /// The word's first frame, counted from the first frame of its piece that is played.
    package var frame: Int
    /// The word's UTF-8 bytes in ``Piece/spoken``.
    package var spoken: Range<Int>

    package init(frame: Int, spoken: Range<Int>) {
        self.frame = frame
        self.spoken = spoken
    }
}
