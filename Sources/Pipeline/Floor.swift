// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Utterance

/// Says whether an answer may be heard. Who has the floor may speak; the term is conversation analysis's.
///
/// Several answers share one output, and whoever runs them sees to it that only one at a time has the floor. An answer
/// without it is received and cut, but touches neither voice nor output. While it has the floor it takes *turns*: an
/// utterance of the output each, from its start to its last sample or to its drop.
package final class Floor: Sendable {
    package enum State: Sendable, Equatable {
        /// Not yet, or not now: it can be granted.
        case waiting
        case granted
        /// Not to be heard any more. The text goes on to its end.
        case silent
    }

    /// A stretch in which the answer uses the output.
    private struct Turn: Sendable {
        var number: Int
        var isPaused = false
        /// It is to end now; what was not heard of it is for another turn.
        var isCut = false
    }

    private struct Status: Sendable {
        var state: State
        var isPaused = false
        var turn: Turn?
        var turns = 0

        /// The output does as is wanted.
        var pauseIsKept: Bool { turn.map { $0.isPaused == isPaused } ?? true }

        /// - Returns: the turn that has to end, if there is one.
        mutating func cutTurn() -> Int? {
            turn?.isCut = true
            return turn?.number
        }
    }

    private let status: Watched<Status>

    package init(_ state: State) {
        status = Watched(Status(state: state))
    }

    // MARK: For whoever shares the output out

    package var state: State { status.current.state }

    /// The answer may speak, if it was waiting. What was cut is spoken again from the beginning of its piece.
    ///
    /// - Parameter isPaused: whether only after ``resume()``; `nil`: as it was before.
    package func grant(isPaused: Bool? = nil) {
        status.change { status in
            guard status.state == .waiting else { return }
            status.state = .granted
            status.isPaused = isPaused ?? status.isPaused
        }
    }

    /// The answer must wait again. Returns when it is not heard any more and has let go of the output.
    package func withdraw() async {
        await endTurn { status in
            if status.state == .granted { status.state = .waiting }
        }
    }

    /// The answer is not to be heard, now and from here on. Returns when it has let go of the output.
    package func silence() async {
        await endTurn { $0.state = .silent }
    }

    /// Silence until ``resume()``, however the floor changes meanwhile: an answer that is not being heard will not begin.
    /// Returns when it is silent.
    package func pause() async {
        await setPaused(true)
    }

    /// Goes on at the word that was sounding, if the floor was not withdrawn since.
    package func resume() async {
        await setPaused(false)
    }

    private func endTurn(_ change: (inout Status) -> Void) async {
        let turn = status.change { status in
            change(&status)
            return status.cutTurn()
        }
        guard let turn else { return }
        // Whoever asked needs the output next: it has to be free even if that task is being cancelled.
        await status.waitRegardless { $0.turn?.number == turn ? nil : () }
    }

    private func setPaused(_ isPaused: Bool) async {
        status.change { $0.isPaused = isPaused }
        await status.waitRegardless { $0.pauseIsKept ? () : nil }
    }

    // MARK: For the answer

    /// Nothing of the answer will be heard any more.
    var isSilent: Bool { state == .silent }

    /// The listener could be hearing the answer now.
    var isOpen: Bool {
        let status = status.current
        return status.state == .granted && !status.isPaused
    }

    /// Waits until the answer may speak, and begins a turn. ``giveBack()`` ends it.
    ///
    /// - Returns: false if it is not to speak any more.
    /// - Throws: `CancellationError`.
    func take() async throws -> Bool {
        try await status.wait { status in
            switch status.state {
            case .silent: return false
            case .granted where !status.isPaused:
                status.turns += 1
                status.turn = Turn(number: status.turns)
                return true
            case .granted, .waiting: return nil
            }
        }
    }

    /// What is to be done with the output during a turn.
    enum Order: Sendable {
        case pause
        case resume
        case endTurn
    }

    /// Waits for something to be done; ``obeyed(_:)`` says that it was.
    ///
    /// - Throws: `CancellationError`.
    func nextOrder() async throws -> Order {
        try await status.wait { status in
            guard let turn = status.turn else { return nil }
            if turn.isCut { return .endTurn }
            if turn.isPaused != status.isPaused { return status.isPaused ? .pause : .resume }
            return nil
        }
    }

    /// A pause or its end has reached the output.
    func obeyed(_ order: Order) {
        status.change { $0.turn?.isPaused = order == .pause }
    }

    /// The output is paused by this turn.
    var isTurnPaused: Bool { status.current.turn?.isPaused ?? false }

    /// Ends the turn, so that another begins: the answer's own if it still has the floor.
    func cutTurn() async {
        await endTurn { _ in }
    }

    /// The turn is over, and so is all use of the output.
    func giveBack() {
        status.change { $0.turn = nil }
    }

    /// Waits until the answer is paused, or is not any more, other than it was `before`.
    ///
    /// - Throws: `CancellationError`.
    func pauseChange(from before: Bool) async throws -> Bool {
        try await status.wait { status in
            let isPaused = status.turn?.isPaused ?? status.isPaused
            return isPaused == before ? nil : isPaused
        }
    }
}
