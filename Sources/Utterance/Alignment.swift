// SPDX-License-Identifier: GPL-3.0-or-later

/// Ties spoken text to written text, so that the word being heard can be found in the answer.
///
/// A list of anchors in which neither offset ever decreases. The stretch between two anchors is a byte-for-byte copy if
/// it has the same length on both sides. Otherwise one side replaces the other as a whole:
///
///     written   Give me $5 now        spoken   Give me five dollars now
///     anchors   (spoken 0, source 0), (8, 8), (20, 10), (24, 14)
///
/// Here "five" and "dollars" both stand for "$5". Two anchors at one spoken place skip something that is not read
/// ("**"); two at one place of the source add something that is not written.
package struct Alignment: Sendable, Hashable {
    package struct Anchor: Sendable, Hashable {
        /// UTF-8 offset in ``Piece/spoken``.
        package var spoken: Int
        /// UTF-8 offset in the answer's text.
        package var source: Int

        package init(spoken: Int, source: Int) {
            self.spoken = spoken
            self.source = source
        }
    }

    /// The anchors, by ascending `spoken` offset; the last one marks the end of both texts.
    package var anchors: [Anchor]

    package init(anchors: [Anchor]) {
        self.anchors = anchors
    }

    /// Returns the bytes of the answer that `spoken` bytes of the piece stand for. Accepts any range: offsets outside
    /// the text are clamped.
    ///
    /// Character boundaries of a copied stretch map to character boundaries of the answer.
    package func source(of spoken: Range<Int>) -> Range<Int> {
        let lower = source(at: spoken.lowerBound)
        return lower..<max(lower, sourceEnd(at: spoken.upperBound))
    }

    private func source(at spoken: Int) -> Int {
        guard let index = anchors.lastIndex(where: { $0.spoken <= spoken }) else { return anchors.first?.source ?? 0 }
        let anchor = anchors[index]
        guard index + 1 < anchors.count else { return anchor.source }
        let next = anchors[index + 1]
        // If the lengths differ, the anchor stands for the whole stretch.
        guard next.spoken - anchor.spoken == next.source - anchor.source else { return anchor.source }
        return anchor.source + (spoken - anchor.spoken)
    }

    private func sourceEnd(at spoken: Int) -> Int {
        guard let index = anchors.firstIndex(where: { $0.spoken >= spoken }) else { return anchors.last?.source ?? 0 }
        let anchor = anchors[index]
        guard index > 0 else { return anchor.source }
        let previous = anchors[index - 1]
        guard anchor.spoken - previous.spoken == anchor.source - previous.source else { return anchor.source }
        return previous.source + (spoken - previous.spoken)
    }
}
