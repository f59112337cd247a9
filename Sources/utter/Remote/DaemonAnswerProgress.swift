// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import ServiceClient
import Synchronization
import Utterance

/// How far an answer of the daemon's has come: its name, and what its last event is made of if the daemon does not live
/// to send that.
final class DaemonAnswerProgress: Sendable {
    private struct State {
        var answer: String?
        var last: Event?
        var summary = Event.Summary()
        var hasGap = false
    }

    private let state = Mutex(State())

    /// The answer's name, once the daemon has given it one.
    var answer: String? { state.withLock(\.answer) }

    func begin(_ answer: String) {
        state.withLock { $0.answer = answer }
    }

    /// - Returns: what is to be said before it if events were lost, once.
    func add(_ event: Event) -> Event? {
        state.withLock { state in
            let expected = state.last.map { $0.sequence + 1 } ?? 0
            state.answer = event.answer
            state.last = event
            switch event.kind {
            case .text(let text): state.summary.textBytes += text.utf8.count
            case .piece: state.summary.pieces += 1
            case .word(let word): state.summary.heardEnd = max(state.summary.heardEnd, word.start)
            default: break
            }
            guard event.sequence > expected, !state.hasGap else { return nil }
            state.hasGap = true
            return Event(
                answer: event.answer, sequence: event.sequence - 1, milliseconds: event.milliseconds,
                kind: .notice(Self.gap))
        }
    }

    private static let gap = Notice(
        "events_lost", "Some of what happened here was lost, since it was read too slowly; the daemon spoke on.")

    /// How the answer ended if `event` is its last: a text that has holes here is no success.
    func ending(with event: Event) -> Answer.Ending? {
        switch event.kind {
        case .finished(let summary):
            state.withLock(\.summary.textBytes) < summary.textBytes ? .failed(.textLost) : .finished
        case .stopped: .stopped
        case .failed(let fault, _): .failed(fault)
        default: nil
        }
    }

    /// The event that ends the answer by a fault of the way to it; `nil` if there was no event before.
    func end(with fault: Fault) -> Event? {
        state.withLock { state in
            guard let last = state.last else { return nil }
            state.summary.total = .milliseconds(last.milliseconds)
            return Event(
                answer: last.answer, sequence: last.sequence + 1, milliseconds: last.milliseconds,
                kind: .failed(fault, state.summary))
        }
    }
}
