// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
package import Utterance

/// A clock that stands still until a test advances it, so that tests of time take no time.
///
/// It starts at zero. Wait with ``sleepers(_:)`` until the code under test sleeps, then call ``advance(by:)``.
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
        var observers: [Int: Observer] = [:]

        mutating func makeID() -> Int {
            nextID += 1
            return nextID
        }

        /// Parks `sleeper`, or returns how its sleep ends at once, along with the observers that were waiting for this.
        ///
        /// A task is marked as cancelled before its handler runs: either the mark is seen here, under the lock, or the
        /// handler finds the sleeper.
        mutating func park(
            _ sleeper: Sleeper, as id: Int
        ) -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) {
            if Task.isCancelled { return (.failure(CancellationError()), []) }
            if sleeper.deadline <= now { return (.success(()), []) }
            sleepers[id] = sleeper
            let satisfied = observers.filter { $0.value.condition(self) }
            for id in satisfied.keys { observers[id] = nil }
            return (nil, satisfied.values.map(\.continuation))
        }

        /// Advances the time.
        ///
        /// - Returns: the sleepers whose deadline has come; they are removed.
        mutating func advance(to moment: Moment) -> [Sleeper] {
            now = moment
            let due = sleepers.filter { $0.value.deadline <= moment }
            for id in due.keys { sleepers[id] = nil }
            return due.sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }.map(\.value)
        }

        /// The earliest deadline, if it is at most `reach` away and not after `end`.
        func nextDeadline(within reach: Duration, until end: Moment?) -> Moment? {
            guard let deadline = sleepers.values.map(\.deadline).min() else { return nil }
            return deadline <= min(now.advanced(by: reach), end ?? deadline) ? deadline : nil
        }
    }

    /// Waits for sleepers to be parked.
    private struct Observer {
        let condition: @Sendable (State) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Moment { state.withLock(\.now) }
    package var minimumResolution: Duration { .nanoseconds(1) }

    /// Advances the time, and wakes everybody whose deadline has come: the earliest deadline first, then whoever came
    /// first.
    package func advance(by duration: Duration) {
        wake(state.withLock { $0.advance(to: $0.now.advanced(by: duration)) })
    }

    /// Waits until `count` sleepers are parked, so that a test only advances the time when somebody is waiting for it.
    /// Returns at once if the task is cancelled.
    package func sleepers(_ count: Int) async {
        await wait { $0.sleepers.count >= count }
    }

    /// Lets time pass until the task is cancelled: whenever somebody sleeps, it advances to the earliest deadline.
    ///
    /// - Parameters:
    ///   - reach: deadlines that are further away are never reached: limits that no test is meant to reach.
    ///   - end: the time never passes this moment.
    ///   - count: how many must be sleeping for that.
    package func pass(reach: Duration = .seconds(3_600), until end: Moment? = nil, sleepers count: Int = 1) async {
        while !Task.isCancelled {
            await wait { $0.sleepers.count >= count && $0.nextDeadline(within: reach, until: end) != nil }
            let woken = state.withLock { state in
                state.nextDeadline(within: reach, until: end).map { state.advance(to: $0) }
            }
            wake(woken ?? [])
        }
    }

    private func wake(_ sleepers: [Sleeper]) {
        for sleeper in sleepers { sleeper.continuation.resume() }
    }

    private func wait(until condition: @escaping @Sendable (State) -> Bool) async {
        let id = state.withLock { $0.makeID() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    if Task.isCancelled || condition(state) { return false }
                    state.observers[id] = Observer(condition: condition, continuation: continuation)
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.observers.removeValue(forKey: id) }?.continuation.resume()
        }
    }

    package func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        let id = state.withLock { $0.makeID() }
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
