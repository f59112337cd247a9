// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// The built program, run as a user runs it, against servers that do what the test says.
@Suite(.fewAtOnce, .timeLimit(.minutes(10)))
struct EndToEnd {}

extension UtterProgram.Result {
    /// Expects what must hold for every stream of events, however the answer went.
    func expectEventsInOrder(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(strayLines == [], sourceLocation: sourceLocation)
        #expect(events.map(\.seq) == Array(0..<events.count), sourceLocation: sourceLocation)
        #expect(Set(events.map(\.answer)).count == 1, sourceLocation: sourceLocation)
        #expect(events.first?.event == "accepted", sourceLocation: sourceLocation)
        let ends = events.filter { ["finished", "stopped", "failed"].contains($0.event) }
        #expect(ends.count == 1, sourceLocation: sourceLocation)
        #expect(ends.first?.seq == events.last?.seq, sourceLocation: sourceLocation)

        let text = Array(answer.utf8)
        #expect(events.last?.textBytes == text.count, sourceLocation: sourceLocation)
        let pieces = events("piece")
        for piece in pieces {
            guard let start = piece.start, let end = piece.end, 0 <= start, start <= end, end <= text.count else {
                Issue.record("A piece outside of the text: \(piece)", sourceLocation: sourceLocation)
                continue
            }
            #expect(String(validating: text[start..<end], as: UTF8.self) != nil, sourceLocation: sourceLocation)
        }
        for word in events("word") {
            let piece = pieces.first { $0.index == word.index }
            let range = (piece?.start ?? 0)...(piece?.end ?? 0)
            #expect(range.contains(word.start ?? -1), "\(word)", sourceLocation: sourceLocation)
            #expect(range.contains(word.end ?? -1), "\(word)", sourceLocation: sourceLocation)
        }
    }

    /// The answer's text, assembled from its events.
    var answer: String { events("text").compactMap(\.text).joined() }

    /// Expects one line on standard error that contains all of `words`, and nothing that looks like a crash.
    func expectOneSentence(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(errorLines.count == 1, "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.hasPrefix("utter: "), "\(errors)", sourceLocation: sourceLocation)
        for word in words {
            #expect(errors.contains(word), "\(errors)", sourceLocation: sourceLocation)
        }
    }
}
