// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Testing

@testable import utter

@Suite struct TimelineTests {
    private func event(_ milliseconds: Double, _ kind: Event.Kind) -> Event {
        Event(answer: "a", sequence: 0, milliseconds: milliseconds, kind: kind)
    }

    private func piece(_ index: Int, _ text: String) -> Event.Kind {
        .piece(index: index, text: text, spoken: text, voice: "en-us", start: 0, end: text.utf8.count)
    }

    @Test("A row shows when its piece was generated, synthesized and heard")
    func rows() {
        var timeline = Timeline()
        for event in [
            event(1_000, .firstText),
            event(2_000, piece(0, "First.")), event(2_010, .synthesized(index: 0, duration: .seconds(4))),
            event(2_020, .soundStart(index: 0)),
            event(3_000, piece(1, "Second.")), event(3_010, .synthesized(index: 1, duration: .seconds(4))),
            event(6_000, .heard(index: 0)), event(6_200, .soundStart(index: 1)), event(10_000, .heard(index: 1)),
        ] {
            timeline.add(event)
        }
        #expect(timeline.rows.map(\.generated) == [1_000...2_000, 2_000...3_000])
        #expect(timeline.rows.map(\.heard) == [6_000, 10_000])
        let drawing = timeline.drawn(width: 100).split(separator: "\n")
        #expect(drawing.count == 4)
        let first = Array(drawing[1]), second = Array(drawing[2])
        #expect(first.contains("░") && first.contains("▒") && first.contains("█"))
        // While the first is heard, the second is generated.
        let generated = second.firstIndex(of: "░")
        #expect(generated.map { first[$0] == "█" || first[$0] == "▒" } == true)
        #expect(drawing[1].hasSuffix("First."))
    }

    @Test("No row is wider than the terminal, not even in Chinese", arguments: [40, 70, 80, 120])
    func width(_ columns: Int) {
        var timeline = Timeline()
        for event in [
            event(1_000, .firstText), event(2_000, piece(0, String(repeating: "因为空气会散射阳光，", count: 9))),
            event(2_020, .soundStart(index: 0)), event(9_000, .heard(index: 0)),
        ] {
            timeline.add(event)
        }
        let rows = timeline.drawn(width: columns).split(separator: "\n").map { String($0).columns }
        #expect(rows.allSatisfy { $0 <= columns }, "\(rows)")
    }

    @Test("Control characters in a piece don't reach the terminal")
    func controlCharacters() {
        var timeline = Timeline()
        timeline.add(event(1, piece(0, "a\u{1B}[2Jb")))
        #expect(!timeline.drawn(width: 80).contains("\u{1B}"))
    }

    @Test("An answer without pieces draws nothing")
    func empty() {
        #expect(Timeline().drawn(width: 80) == "")
    }
}
