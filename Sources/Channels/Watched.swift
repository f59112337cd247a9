// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A state that tasks change, and that other tasks wait for.
///
/// Every change wakes all waiting tasks, and each looks for itself. Meant for a handful of tasks.
package final class Watched<State: Sendable>: Sendable {
    private struct Contents {
        var state: State
        var version = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0

        /// Notes that the state has changed.
        ///
        /// - Returns: the tasks to wake.
        mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
            version += 1
            defer { waiting = [:] }
            return Array(waiting.values)
        }
    }

    private let contents: Mutex<Contents>

    package init(_ state: State) {
        contents = Mutex(Contents(state: state))
    }

    /// The state as it is now.
    package var current: State { contents.withLock(\.state) }

    /// Reads a part of the state, without a copy of the whole.
    package func read<Result: Sendable>(_ body: (State) -> Result) -> Result {
        contents.withLock { body($0.state) }
    }

    @discardableResult
    package func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, waiting) = contents.withLock { contents in
            let result = body(&contents.state)
            return (result, contents.takeWaiting())
        }
        for continuation in waiting { continuation.resume() }
        return result
    }

    /// Changes the state, and wakes the waiting tasks only if `body` returns true.
    package func update(_ body: (inout State) -> Bool) {
        let waiting = contents.withLock { body(&$0.state) ? $0.takeWaiting() : [] }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until `step` gives a result. It may change the state when it does, atomically.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled; the step is then not taken.
    package func wait<Result: Sendable>(until step: (inout State) -> Result?) async throws -> Result {
        while true {
            try Task.checkCancellation()
            let (result, version) = attempt(step)
            if let result { return result }
            await sleep(whileAt: version, wakesOnCancellation: true)
        }
    }

    /// The same for a task that has to wait even if it is cancelled.
    package func waitRegardless<Result: Sendable>(until step: (inout State) -> Result?) async -> Result {
        while true {
            let (result, version) = attempt(step)
            if let result { return result }
            await sleep(whileAt: version, wakesOnCancellation: false)
        }
    }

    /// Waits until `look` gives a result. It changes nothing, so that it wakes nobody: for any number of tasks.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled.
    package func observe<Result: Sendable>(_ look: (State) -> Result?) async throws -> Result {
        while true {
            try Task.checkCancellation()
            let (result, version) = contents.withLock { (look($0.state), $0.version) }
            if let result { return result }
            await sleep(whileAt: version, wakesOnCancellation: true)
        }
    }

    private func attempt<Result: Sendable>(_ step: (inout State) -> Result?) -> (Result?, version: Int) {
        let (result, version, waiting) = contents.withLock { contents in
            let result = step(&contents.state)
            return (result, contents.version, result == nil ? [] : contents.takeWaiting())
        }
        for continuation in waiting { continuation.resume() }
        return (result, version)
    }

    private func sleep(whileAt version: Int, wakesOnCancellation: Bool) async {
        let id = contents.withLock { contents in
            contents.nextWaiter += 1
            return contents.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isParked = contents.withLock { contents in
                    guard contents.version == version, !(wakesOnCancellation && Task.isCancelled) else { return false }
                    contents.waiting[id] = continuation
                    return true
                }
                if !isParked { continuation.resume() }
            }
        } onCancel: {
            guard wakesOnCancellation else { return }
            contents.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
