// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// How much sound of the running answers waits at each stage, as their events tell.
struct QueuedSound: Sendable {
    private struct Piece: Sendable {
        var bytes: Int
        /// `nil` until it is synthesized.
        var seconds: Double?
    }

    /// By answer and piece.
    private var pieces: [String: [Int: Piece]] = [:]
    /// How long a byte of text sounds: measured, since languages and rates differ.
    private var secondsPerByte = 0.07

    mutating func add(_ event: Event) {
        switch event.kind {
        case .piece(let index, _, let spoken, _, _, _):
            pieces[event.answer, default: [:]][index] = Piece(bytes: spoken.utf8.count)
        case .synthesized(let index, let duration):
            guard let bytes = pieces[event.answer]?[index]?.bytes else { return }
            pieces[event.answer]?[index]?.seconds = duration / .seconds(1)
            if bytes > 0 { secondsPerByte += (duration / .seconds(1) / Double(bytes) - secondsPerByte) / 8 }
        case .heard(let index):
            pieces[event.answer]?[index] = nil
        case .finished, .stopped, .failed:
            pieces[event.answer] = nil
        default: break
        }
    }

    /// Cut, and not yet made into sound: an estimate.
    var secondsBeforeSpeech: Double {
        pieces.values.joined().reduce(0) { $1.value.seconds == nil ? $0 + Double($1.value.bytes) * secondsPerByte : $0 }
    }

    /// Made, and not yet heard to its end.
    var secondsBeforeListener: Double {
        pieces.values.joined().reduce(0) { $0 + ($1.value.seconds ?? 0) }
    }
}
