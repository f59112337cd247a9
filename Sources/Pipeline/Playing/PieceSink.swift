// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Synchronization
import Utterance

/// Passes the sound of one piece to an output that was opened for one format.
final class PieceSink: Sendable {
    private struct State {
        var hasBegun = false
        var otherFormat: PCMFormat?
    }

    let format: PCMFormat
    private let output: any SoundOutput
    private let piece: Int
    private let pause: Duration
    private let state = Mutex(State())

    init(output: any SoundOutput, format: PCMFormat, piece: Int, pause: Duration) {
        self.output = output
        self.format = format
        self.piece = piece
        self.pause = pause
    }

    /// The sound's format, if it isn't the output's. The sound was then not written.
    var otherFormat: PCMFormat? { state.withLock(\.otherFormat) }

    /// - Returns: whether more sound is wanted.
    func write(_ samples: Span<Int16>, _ format: PCMFormat, _ words: [WordMark]) -> Bool {
        guard format == self.format else {
            state.withLock { $0.otherFormat = format }
            return false
        }
        begin()
        return output.write(samples, marks: words)
    }

    /// Ends the piece. Even one without sound has a place among the others.
    func end() {
        begin()
        output.endPiece()
    }

    private func begin() {
        let begins = state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
        if begins { output.begin(piece: piece, pause: pause) }
    }
}
