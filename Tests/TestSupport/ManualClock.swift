// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
package import Utterance

/// A clock that stands still until a test moves it: tests of time take no time.
///
/// It starts at zero. Wait with ``sleepers(_:)`` until the code under test sleeps, then ``advance(by:)``.
package final class ManualClock: MomentClock {
    private struct Sleeper {
        let deadline: Moment
        let continuation: CheckedContinuation<Void, any Error>

        init(_ deadline: Moment, _ continuation: CheckedContinuation<Void, any Error>) {
            self.deadline = deadline
            self.continuation = continuation
        }
    }

    private struct State {
        var now = Moment(sinceZero: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var nextID = 0
        var observers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        /// Keeps `sleeper`, or says how its sleep ends at once; and the observers that waited for this many sleepers.
        ///
        /// A task is marked as cancelled before its handler runs: either the mark is seen here, under the lock, or the
        /// handler finds the sleeper.
        mutating func park(
            _ sleeper: Sleeper, as id: Int
        ) -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) {
            if Task.isCancelled { return (.failure(CancellationError()), []) }
            if sleeper.deadline <= now { return (.success(()), []) }
            sleepers[id] = sleeper
            let count = sleepers.count
            defer { observers.removeAll { $0.count <= count } }
            return (nil, observers.filter { $0.count <= count }.map(\.continuation))
        }
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Moment { state.withLock(\.now) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// Moves the time forward and wakes everybody whose deadline has come, the earliest deadline first, then who came first.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
        }
        for (_, sleeper) in due { sleeper.continuation.resume() }
    }

    /// Waits until `count` sleepers are parked, so that a test moves the time only when somebody waits for it.
    package func sleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.observers.append((count, continuation))
                return false
            }
            if ready { continuation.resume() }
        }
    }

    package func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (result, observers) = state.withLock { $0.park(Sleeper(deadline, continuation), as: id) }
                for observer in observers { observer.resume() }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
