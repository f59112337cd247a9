// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Synchronization
import Utterance

/// Takes the sound of one piece into an output that was opened for one format.
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

    /// The format in which the sound came, if it is not the output's. Nothing of it was taken then.
    var otherFormat: PCMFormat? { state.withLock(\.otherFormat) }

    /// - Returns: whether more is wanted.
    func write(_ samples: Span<Int16>, _ format: PCMFormat, _ words: [WordMark]) -> Bool {
        guard format == self.format else {
            state.withLock { $0.otherFormat = format }
            return false
        }
        begin()
        return output.write(samples, marks: words)
    }

    /// A piece without sound has a place among the others, too.
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
