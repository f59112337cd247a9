// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Alignment {
    /// Returns the alignment of this one's `spoken` with `outer`'s `source`, given that this one's `source` is
    /// `outer`'s `spoken`.
    ///
    /// An anchor that falls inside a stretch of `outer` that maps only as a whole is left out: the stretch grows until
    /// both alignments share a position. Linear in the number of anchors.
    consuming func composed(with outer: [Anchor]) -> Alignment {
        guard outer.count > 1 else { return Alignment(anchors: outer) }
        if let shift = Self.shift(of: outer) {
            for index in anchors.indices { anchors[index].source += shift }
            return self
        }
        var cursor = AnchorCursor(outer)
        var result: [Anchor] = []
        result.reserveCapacity(anchors.count + outer.count)
        for index in anchors.indices {
            let anchor = anchors[index]
            // Anchors of `outer` inside a stretch that runs side by side are valid in the result too.
            if index > 0 {
                let previous = anchors[index - 1]
                let sideBySide = anchor.spoken - previous.spoken == anchor.source - previous.source
                while let between = cursor.next(before: anchor.source) {
                    guard sideBySide, between.spoken > previous.source else { continue }
                    let spoken = previous.spoken + between.spoken - previous.source
                    result.append(Anchor(spoken: spoken, source: between.source))
                }
            } else {
                while cursor.next(before: anchor.source) != nil {}
            }
            cursor.anchors(at: anchor.source) { source in
                guard result.last.map({ $0.source <= source }) ?? true else { return }
                result.append(Anchor(spoken: anchor.spoken, source: source))
            }
        }
        if let last = anchors.last, let end = outer.last,
            result.last?.source != end.source || result.last?.spoken != last.spoken
        {
            result.append(Anchor(spoken: last.spoken, source: end.source))
        }
        return Alignment(anchors: result)
    }

    /// How far the source is offset, if all of it runs side by side, as in text without mark-up.
    private static func shift(of outer: [Anchor]) -> Int? {
        guard outer.count == 2, outer[0].spoken == 0 else { return nil }
        let shift = outer[0].source
        return outer[1].source - outer[1].spoken == shift ? shift : nil
    }

    /// Walks the outer anchors once.
    private struct AnchorCursor {
        private let outer: [Anchor]
        private var index = 0

        init(_ outer: [Anchor]) {
            self.outer = outer
        }

        /// Returns the next anchor before `place`.
        mutating func next(before place: Int) -> Anchor? {
            guard index < outer.count, outer[index].spoken < place else { return nil }
            defer { index += 1 }
            return outer[index]
        }

        /// Calls `body` with every source offset that belongs to `place`: those of the anchors there, else the one in a
        /// side-by-side stretch.
        func anchors(at place: Int, _ body: (Int) -> Void) {
            var at = index
            while at < outer.count, outer[at].spoken == place {
                body(outer[at].source)
                at += 1
            }
            guard at == index, index > 0, index < outer.count else { return }
            let previous = outer[index - 1]
            let next = outer[index]
            guard next.spoken - previous.spoken == next.source - previous.source else { return }
            body(previous.source + place - previous.spoken)
        }
    }
}
