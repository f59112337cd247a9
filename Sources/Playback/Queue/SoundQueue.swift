// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Threads
import Utterance

/// The sound on its way to the device: samples, the marks on them, and the state that both sides share. One producer,
/// and one consumer, which is the playback thread.
final class SoundQueue: @unchecked Sendable {
    // Sendable: `current` belongs to the producer; everything else is made for two threads.

    let samples = SampleRing()
    let marks = RecordRing<Mark>(capacity: 2048)
    let state = Watched(PlaybackState())
    /// The playback thread sleeps on this.
    let wake = EventDescriptor()

    private struct Piece {
        var index: Int
        var utterance: Int
        var start: Int
    }

    /// For the producer: the piece being written, unless it was rejected.
    private var current: Piece?

    /// Marks reserved for the beginnings and ends of pieces, without which nothing could be played.
    private static let roomForPieces = 64

    /// The utterance whose sound is accepted.
    var admitted: Int? { state.read(\.utterances.admitted) }

    /// The amount of sound between the next sample to be made and the listener.
    var ahead: Duration {
        let end = samples.end
        let now = MonotonicClock().now
        return state.read { $0.ahead(before: end, at: now) }
    }

    // MARK: Producer

    func begin(piece index: Int, pause: Duration) {
        current = nil
        guard let utterance = admitted else { return }
        let start = samples.end
        // The mark must be there before the samples that it delimits.
        let begin = Mark(kind: .begin(pause: pause, utterance: utterance), piece: index, position: start)
        guard marks.append(begin) else { return }
        current = Piece(index: index, utterance: utterance, start: start)
    }

    func write(_ new: Span<Int16>, marks words: [WordMark]) -> Bool {
        guard let piece = current, admitted == piece.utterance else { return false }
        // A voice that never stops is cut off; its piece still ends properly.
        guard samples.append(new) else { return false }
        for word in words where marks.room > Self.roomForPieces {
            let mark = Mark(kind: .word(word.spoken), piece: piece.index, position: piece.start + word.frame)
            _ = marks.append(mark)
        }
        wakeIfAwaited()
        return true
    }

    func endPiece() {
        guard let piece = current else { return }
        current = nil
        // Don't mark the end of a piece that was rejected in its middle: it was not heard to its end.
        guard admitted == piece.utterance else { return }
        _ = marks.append(Mark(kind: .end, piece: piece.index, position: samples.end))
        wakeIfAwaited()
    }

    private func wakeIfAwaited() {
        var wakes = false
        setQuietly { state in
            wakes = state.awaitsSound
            state.awaitsSound = false
        }
        if wakes { wake.signal() }
    }

    // MARK: Consumer

    var latest: Int { state.read(\.utterances.latest) }

    var isDraining: Bool { state.read(\.drain) == .wanted }

    /// Makes a change that nobody waits for.
    func setQuietly(_ change: (inout PlaybackState) -> Void) {
        state.update { state in
            change(&state)
            return false
        }
    }

    /// Adds a report without waking anybody: the playback thread does that once per turn.
    func report(_ report: PlaybackReport, of utterance: Int) {
        setQuietly { $0.utterances.report(report, of: utterance) }
    }

    /// Marks the beginning of a call that may hang.
    func markBusy() {
        let now = MonotonicClock().now
        setQuietly { $0.busySince = now }
    }

    func takeCommands() -> [PlaybackState.Command] {
        var commands: [PlaybackState.Command] = []
        setQuietly { commands = $0.takeCommands() }
        return commands
    }
}
