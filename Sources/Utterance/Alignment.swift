// SPDX-License-Identifier: GPL-3.0-or-later

/// Ties what is spoken to what was written, so that a word that is heard can be found in the answer.
///
/// A list of anchors, both columns rising. Between two anchors the bytes run side by side; where the spoken form is
/// longer than the written one ("$5" → "five dollars") all of it stands for the written bytes of its anchor.
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

    /// The anchors, by rising `spoken` offset; the last one is the end of both.
    package var anchors: [Anchor]

    package init(anchors: [Anchor]) {
        self.anchors = anchors
    }

    /// The answer's bytes that `spoken` bytes of the piece stand for.
    package func source(of spoken: Range<Int>) -> Range<Int> {
        let lower = source(at: spoken.lowerBound)
        return lower..<max(lower, sourceEnd(at: spoken.upperBound))
    }

    private func source(at spoken: Int) -> Int {
        guard let index = anchors.lastIndex(where: { $0.spoken <= spoken }) else { return anchors.first?.source ?? 0 }
        let anchor = anchors[index]
        guard index + 1 < anchors.count else { return anchor.source }
        let next = anchors[index + 1]
        // Side by side only where both stretches are of one length; else the anchor stands for the whole stretch.
        guard next.spoken - anchor.spoken == next.source - anchor.source else { return anchor.source }
        return anchor.source + (spoken - anchor.spoken)
    }

    private func sourceEnd(at spoken: Int) -> Int {
        guard let index = anchors.firstIndex(where: { $0.spoken >= spoken }) else { return anchors.last?.source ?? 0 }
        let anchor = anchors[index]
        guard index > 0, anchor.spoken != spoken else { return anchor.source }
        let previous = anchors[index - 1]
        guard anchor.spoken - previous.spoken == anchor.source - previous.source else { return anchor.source }
        return previous.source + (spoken - previous.spoken)
    }
}
