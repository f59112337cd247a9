// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Synchronization
import Utterance

/// The pieces on their way to the voice, with a way back: those that were taken and not heard can come again.
///
/// One task sends, one takes.
final class PieceQueue: Sendable {
    typealias ReceiverLeft = BoundedChannel<Piece>.ReceiverLeft

    private struct Contents {
        /// How long the pieces will sound whose sound is not made yet: an estimate, for pacing.
        var unmade: [Int: Duration] = [:]
        /// Taken, and as far as is known not yet heard.
        var taken: [Piece] = []
        /// To be taken again, before anything new.
        var again: [Piece] = []
    }

    private let channel: BoundedChannel<Piece>
    private let contents = Mutex(Contents())
    private let estimate: @Sendable (Piece) -> Duration
    private let isUnheard: @Sendable (Piece) -> Bool

    /// - Parameters:
    ///   - capacity: UTF-8 bytes of text that may wait.
    ///   - estimate: how long a piece will sound.
    ///   - isUnheard: whether a piece is still to be heard.
    init(
        capacity: Int, estimate: @escaping @Sendable (Piece) -> Duration,
        isUnheard: @escaping @Sendable (Piece) -> Bool
    ) {
        channel = BoundedChannel(capacity: capacity) { $0.text.utf8.count }
        self.estimate = estimate
        self.isUnheard = isUnheard
    }

    /// About how long the pieces will sound that are still to be made.
    var duration: Duration {
        contents.withLock { $0.unmade.values.reduce(.zero, +) }
    }

    // MARK: The sender's

    /// Waits while the queue is full.
    ///
    /// - Throws: `ReceiverLeft`, `CancellationError`.
    func send(_ piece: Piece) async throws {
        let duration = estimate(piece)
        contents.withLock { $0.unmade[piece.index] = duration }
        try await channel.send(piece)
    }

    /// There are no more pieces.
    func finish() {
        channel.finish()
    }

    // MARK: The taker's

    /// The next piece that is to be heard; `nil` at the end, and when the task is cancelled.
    ///
    /// - Returns: `isNew`: it was not taken before.
    func next() async throws -> (piece: Piece, isNew: Bool)? {
        while true {
            if let piece = takeAgain() { return (piece, false) }
            guard let piece = try await channel.receive() else { return nil }
            if take(piece) { return (piece, true) }
            made(piece)
        }
    }

    private func takeAgain() -> Piece? {
        while let piece = contents.withLock({ $0.again.isEmpty ? nil : $0.again.removeFirst() }) {
            if take(piece) { return piece }
            made(piece)
        }
        return nil
    }

    private func take(_ piece: Piece) -> Bool {
        contents.withLock { contents in
            contents.taken.removeAll { !isUnheard($0) }
            guard isUnheard(piece) else { return false }
            contents.taken.append(piece)
            return true
        }
    }

    /// The sound of the piece was made, or will not be.
    func made(_ piece: Piece) {
        contents.withLock { $0.unmade[piece.index] = nil }
    }

    /// What was taken and not heard is to be taken again.
    func rewind() {
        contents.withLock { contents in
            contents.again = (contents.taken + contents.again).filter(isUnheard)
            contents.taken = []
            for piece in contents.again { contents.unmade[piece.index] = estimate(piece) }
        }
    }

    /// Takes all that comes to its end; nothing of it will be made.
    ///
    /// - Parameter note: is told of each piece that might have been heard.
    func skipAll(_ note: (Piece) -> Void) async throws {
        let before = contents.withLock { contents in
            defer { (contents.taken, contents.again) = ([], []) }
            return contents.taken + contents.again
        }
        before.forEach(note)
        while let piece = try await channel.receive() {
            made(piece)
            note(piece)
        }
        contents.withLock { $0.unmade = [:] }
    }

    /// Takes no more; nobody will.
    func leave() {
        channel.leave()
    }
}
