// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

struct AlignmentTests {
    private static func alignment(_ anchors: (spoken: Int, source: Int)...) -> Alignment {
        Alignment(anchors: anchors.map { Alignment.Anchor(spoken: $0.spoken, source: $0.source) })
    }

    /// "Give me $5 now" → "Give me five dollars now"
    static let price = alignment((0, 0), (8, 8), (20, 10), (24, 14))
    /// "A **bold** word" → "A bold word"
    static let bold = alignment((0, 0), (2, 2), (2, 4), (6, 8), (6, 10), (11, 15))
    /// "**x**" alone → "x"
    static let edges = alignment((0, 0), (0, 2), (1, 3), (1, 5))
    /// "1." → "number 1.": said, but not written
    static let added = alignment((0, 0), (7, 0), (9, 2))
    /// A piece that begins 100 bytes into the answer, all of it copied.
    static let later = alignment((0, 100), (10, 110))

    @Test(arguments: [
        (price, 0..<4, 0..<4),  // Give
        (price, 5..<7, 5..<7),  // me
        (price, 8..<12, 8..<10),  // five
        (price, 13..<20, 8..<10),  // dollars
        (price, 9..<11, 8..<10),  // a part of five
        (price, 21..<24, 11..<14),  // now
        (price, 5..<24, 5..<14),  // me five dollars now
        (price, 13..<24, 8..<14),  // dollars now
        (price, 0..<24, 0..<14),
        (bold, 0..<1, 0..<1),  // A
        (bold, 2..<6, 4..<8),  // bold, without its asterisks
        (bold, 7..<11, 11..<15),  // word
        (bold, 0..<11, 0..<15),
        (edges, 0..<1, 2..<3),
        (added, 0..<6, 0..<0),  // number: stands for nothing
        (added, 7..<9, 0..<2),
        (later, 3..<5, 103..<105),
    ])
    func `A spoken word stands for what was written`(alignment: Alignment, spoken: Range<Int>, source: Range<Int>) {
        #expect(alignment.source(of: spoken) == source)
    }

    @Test func `Places outside count as the ends`() {
        #expect(Self.later.source(of: -5 ..< -1) == 100..<100)
        #expect(Self.later.source(of: -5..<3) == 100..<103)
        #expect(Self.later.source(of: 8..<99) == 108..<110)
        #expect(Self.later.source(of: 50..<99) == 110..<110)
    }

    @Test func `Without anchors, there is nothing to stand for`() {
        #expect(Alignment(anchors: []).source(of: 3..<5) == 0..<0)
        #expect(Self.alignment((0, 7)).source(of: 0..<5) == 7..<7)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `Later speech never stands for earlier text, and everything is inside the source`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var anchors = [Alignment.Anchor(spoken: 0, source: 50)]
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let last = anchors[anchors.count - 1]
            let spoken = Int.random(in: 0...6, using: &random)
            let source = Bool.random(using: &random) ? spoken : Int.random(in: 0...6, using: &random)
            anchors.append(.init(spoken: last.spoken + spoken, source: last.source + source))
        }
        let alignment = Alignment(anchors: anchors)
        let (spokenEnd, sourceEnd) = (anchors[anchors.count - 1].spoken, anchors[anchors.count - 1].source)

        for lower in 0...spokenEnd {
            for upper in lower...spokenEnd {
                let source = alignment.source(of: lower..<upper)
                #expect(source.lowerBound >= 50 && source.upperBound <= sourceEnd)
                guard upper < spokenEnd else { continue }
                let wider = alignment.source(of: lower..<(upper + 1))
                #expect(wider.lowerBound == source.lowerBound && wider.upperBound >= source.upperBound)
                let next = alignment.source(of: (lower + 1)..<(upper + 1))
                #expect(next.lowerBound >= source.lowerBound && next.upperBound >= source.upperBound)
            }
        }
    }
}
