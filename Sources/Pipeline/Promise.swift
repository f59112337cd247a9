// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A value that comes once and that several tasks wait for.
package final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case open([Int: CheckedContinuation<Value?, Never>])
        case kept(Value)
    }

    private let state = Mutex((next: 0, value: State.open([:])))

    package init() {}

    /// The value, if it has come.
    package var current: Value? {
        state.withLock { state in
            guard case .kept(let value) = state.value else { return nil }
            return value
        }
    }

    /// Gives the value to everybody who waits and who will ask; only the first call counts.
    package func keep(_ value: Value) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value?, Never>] in
            guard case .open(let waiting) = state.value else { return [] }
            state.value = .kept(value)
            return Array(waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    /// Waits for the value.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled.
    package func value() async throws -> Value {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let early = state.withLock { state -> Value?? in
                    switch state.value {
                    case .kept(let value): return .some(value)
                    case .open(var waiting):
                        if Task.isCancelled { return .some(nil) }
                        waiting[id] = continuation
                        state.value = .open(waiting)
                        return nil
                    }
                }
                if let early { continuation.resume(returning: early) }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Value?, Never>? in
                guard case .open(var waiting) = state.value else { return nil }
                let continuation = waiting.removeValue(forKey: id)
                state.value = .open(waiting)
                return continuation
            }
            continuation?.resume(returning: nil)
        }
        guard let value else { throw CancellationError() }
        return value
    }
}
