// SPDX-License-Identifier: GPL-3.0-or-later
public import Synchronization

/// A state that tasks change and that other tasks wait for.
///
/// A task waits with a step, which examines the state. It returns a result once the wait is over, and may then change
/// the state. Every change offers the state to the waiting steps, oldest first, so that only a task whose wait is over
/// is woken. Steps run under the lock, on the thread that makes the change, so they must be quick. Meant for a handful
/// of tasks.
///
/// Public and inlinable, since generic code from another module is not specialized otherwise. Unspecialized, it took
/// more of the playback thread's time than everything else.
public final class Watched<State: Sendable>: Sendable {
    package typealias Step<Result> = @Sendable (inout State) -> Result?
    @usableFromInline typealias Wake = @Sendable () -> Void

    @usableFromInline struct Waiter: Sendable {
        @usableFromInline let id: Int
        /// Tries the step. Returns the function that wakes the task if there was a result.
        @usableFromInline let take: @Sendable (inout State) -> Wake?
        @usableFromInline let cancel: Wake
    }

    @usableFromInline struct Contents {
        @usableFromInline var state: State
        @usableFromInline var waiters: [Waiter] = []
        @usableFromInline var nextID = 0

        @inlinable init(state: State) {
            self.state = state
        }

        /// Offers the state to the waiting steps, starting over whenever one of them succeeds, since it may have
        /// changed the state.
        ///
        /// - Returns: the functions that wake the tasks whose wait is over.
        @inlinable mutating func offer() -> [Wake] {
            var woken: [Wake] = []
            var index = 0
            while index < waiters.count {
                if let wake = waiters[index].take(&state) {
                    woken.append(wake)
                    waiters.remove(at: index)
                    index = 0
                } else {
                    index += 1
                }
            }
            return woken
        }
    }

    @usableFromInline let contents: Mutex<Contents>

    /// - Parameter state: the initial state.
    @inlinable public init(_ state: State) {
        contents = Mutex(Contents(state: state))
    }

    /// The current state.
    @inlinable public var current: State { contents.withLock(\.state) }

    /// Reads a part of the state, without copying the whole.
    @inlinable public func read<Result: Sendable>(_ body: (State) -> Result) -> Result {
        contents.withLock { body($0.state) }
    }

    /// Changes the state, and offers it to the waiting tasks.
    ///
    /// - Returns: the result of `body`.
    @discardableResult @inlinable
    public func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, woken) = contents.withLock { (body(&$0.state), $0.offer()) }
        for wake in woken { wake() }
        return result
    }

    /// Changes the state, and offers it to the waiting tasks only if `body` returns `true`.
    @inlinable public func update(_ body: (inout State) -> Bool) {
        let woken = contents.withLock { body(&$0.state) ? $0.offer() : [] }
        for wake in woken { wake() }
    }

    /// Waits until `step` returns a result. When it does, it may change the state, atomically.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled; the step has then no effect.
    package func wait<Result: Sendable>(until step: @escaping Step<Result>) async throws -> Result {
        try Task.checkCancellation()
        if let result = takeNow(step) { return result }
        let id = newID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                park(id, step, continuation, isCancellable: true)
            }
        } onCancel: {
            let waiter = contents.withLock { contents in
                contents.waiters.firstIndex { $0.id == id }.map { contents.waiters.remove(at: $0) }
            }
            waiter?.cancel()
        }
    }

    /// The same for a task that must wait even if it is cancelled.
    package func waitRegardless<Result: Sendable>(until step: @escaping Step<Result>) async -> Result {
        if let result = takeNow(step) { return result }
        let id = newID()
        return await withCheckedContinuation { continuation in
            park(id, step, continuation, isCancellable: false)
        }
    }

    private func newID() -> Int {
        contents.withLock { contents in
            contents.nextID += 1
            return contents.nextID
        }
    }

    private func takeNow<Result: Sendable>(_ step: Step<Result>) -> Result? {
        let (result, woken) = contents.withLock { contents in
            let result = step(&contents.state)
            return (result, result == nil ? [] : contents.offer())
        }
        for wake in woken { wake() }
        return result
    }

    /// Tries the step now, or else lets it wait.
    private func park<Result: Sendable, Failure: Error>(
        _ id: Int, _ step: @escaping Step<Result>, _ continuation: CheckedContinuation<Result, Failure>,
        isCancellable: Bool
    ) {
        let waiter = Waiter(
            id: id,
            take: { state -> Wake? in
                guard let result = step(&state) else { return nil }
                return { continuation.resume(returning: result) }
            },
            cancel: {
                // Only a wait that can throw is ever cancelled.
                if let error = CancellationError() as? Failure { continuation.resume(throwing: error) }
            })
        let woken = contents.withLock { contents -> [Wake] in
            if isCancellable, Task.isCancelled { return [waiter.cancel] }
            contents.waiters.append(waiter)
            return contents.offer()
        }
        for wake in woken { wake() }
    }
}
