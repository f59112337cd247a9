// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// The sound on its way to the device: samples, and marks on them. One producer, one consumer.
final class SoundQueue: @unchecked Sendable {
    // Sendable: `current` belongs to the producer; all else is made for two threads.

    let samples = SampleRing()
    let marks = RecordRing<Mark>(capacity: 2048)
    let gate = Gate()

    /// The consumer sets it when it has nothing to do until sound comes, the producer then calls `wakeConsumer`.
    let consumerSleeps = Atomic(false)
    private let wakeConsumer: @Sendable () -> Void

    private struct Piece {
        var index: Int
        var utterance: Int
        var start: Int
    }

    /// The producer's: what it is writing, unless it is turned away.
    private var current: Piece?

    init(wakeConsumer: @escaping @Sendable () -> Void) {
        self.wakeConsumer = wakeConsumer
    }

    func begin(piece index: Int, pause: Duration) {
        current = nil
        guard let utterance = gate.admitted else { return }
        let start = samples.end
        // The mark is there before the samples that it delimits.
        let begin = Mark(kind: .begin(pause: pause, utterance: utterance), piece: index, position: start)
        guard marks.append(begin) else { return }
        current = Piece(index: index, utterance: utterance, start: start)
    }

    func write(_ new: Span<Int16>, marks words: [WordMark]) -> Bool {
        guard let piece = current, gate.admitted == piece.utterance else { return false }
        // A voice that talks without end is cut off; its piece still ends in order.
        guard samples.append(new) else { return false }
        for word in words where marks.room > Self.roomForPieces {
            let mark = Mark(kind: .word(word.spoken), piece: piece.index, position: piece.start + word.frame)
            _ = marks.append(mark)
        }
        wakeIfAsleep()
        return true
    }

    func endPiece() {
        guard let piece = current else { return }
        current = nil
        // Of a piece that was turned away in its middle nobody shall think that it was heard to its end.
        guard gate.admitted == piece.utterance else { return }
        _ = marks.append(Mark(kind: .end, piece: piece.index, position: samples.end))
        wakeIfAsleep()
    }

    /// Marks that words leave to the beginnings and ends of pieces, without which nothing could be played.
    private static let roomForPieces = 64

    private func wakeIfAsleep() {
        guard consumerSleeps.exchange(false, ordering: .sequentiallyConsistent) else { return }
        wakeConsumer()
    }
}
