// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline

/// How much sound of the running answers waits at each stage, as their events tell.
struct QueuedSound: Sendable {
    fileprivate struct Piece: Sendable {
        /// Of what is spoken.
        var bytes: Int
        /// Of what it stands for.
        var textBytes: Int
        /// `nil` until it is synthesized.
        var seconds: Double?
    }

    fileprivate struct Answer: Sendable {
        var pieces: [Int: Piece] = [:]
        /// Of the pieces that are not synthesized.
        var waitingBytes = 0
        /// More text waits than ever does for the voice: it is only read.
        var isUnspoken = false
    }

    /// Twice what may wait for the voice of one answer.
    private static let mostWaiting = 8 * 1024

    private var answers: [String: Answer] = [:]
    /// How long a byte of text sounds: measured, since languages and rates differ.
    private var secondsPerByte = 0.07

    mutating func add(_ event: Event) {
        switch event.kind {
        case .piece(let piece):
            let waiting = Piece(bytes: piece.spoken.utf8.count, textBytes: piece.text.utf8.count)
            answers[event.answer, default: Answer()].wait(for: waiting, piece.index, atMost: Self.mostWaiting)
        case .synthesized(let synthesis):
            let seconds = synthesis.duration / .seconds(1)
            guard let bytes = answers[event.answer]?.made(synthesis.index, seconds: seconds) else { return }
            if bytes > 0 { secondsPerByte += (seconds / Double(bytes) - secondsPerByte) / 8 }
        case .heard(let index):
            answers[event.answer]?.forget(index)
        case .discard, .finished, .stopped, .failed:
            answers[event.answer] = nil
        default: break
        }
    }

    /// Cut, and not yet made into sound: an estimate.
    var secondsBeforeSpeech: Double {
        pieces.reduce(0) { $1.seconds == nil ? $0 + Double($1.bytes) * secondsPerByte : $0 }
    }

    /// Made, and not yet heard to its end.
    var secondsBeforeListener: Double {
        pieces.reduce(0) { $0 + ($1.seconds ?? 0) }
    }

    private var pieces: some Sequence<Piece> { answers.values.lazy.flatMap(\.pieces.values) }
}

extension QueuedSound.Answer {
    fileprivate mutating func wait(for piece: QueuedSound.Piece, _ index: Int, atMost most: Int) {
        guard !isUnspoken else { return }
        pieces[index] = piece
        waitingBytes += piece.textBytes
        guard waitingBytes > most else { return }
        isUnspoken = true
        pieces = [:]
    }

    /// - Returns: the bytes that were spoken.
    fileprivate mutating func made(_ index: Int, seconds: Double) -> Int? {
        guard let piece = pieces[index] else { return nil }
        // It may be made again.
        if piece.seconds == nil { waitingBytes -= piece.textBytes }
        pieces[index]?.seconds = seconds
        return piece.bytes
    }

    fileprivate mutating func forget(_ index: Int) {
        if let piece = pieces.removeValue(forKey: index), piece.seconds == nil { waitingBytes -= piece.textBytes }
    }
}
