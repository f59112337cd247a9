// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// An event that happens once, and that tests wait for or trigger: a gate in a script, a hang-up that was observed.
package final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Triggers the event. Only the first time counts.
    package func set(_ value: Value) {
        let waiters = state.withLock { state in
            if state.value == nil { state.value = value }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Whether it has happened.
    package var isSet: Bool { state.withLock { $0.value != nil } }

    /// The event's value, as soon as it has happened.
    ///
    /// - Throws: `CancellationError`.
    package var value: Value {
        get async throws {
            let id = state.withLock { state in
                state.nextID += 1
                return state.nextID
            }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        if state.value != nil || state.cancelled.remove(id) != nil { return true }
                        state.waiters[id] = continuation
                        return false
                    }
                    if isReady { continuation.resume() }
                }
            } onCancel: {
                let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    if let waiter = state.waiters.removeValue(forKey: id) { return waiter }
                    state.cancelled.insert(id)
                    return nil
                }
                waiter?.resume()
            }
            guard let value = state.withLock(\.value) else { throw CancellationError() }
            return value
        }
    }
}

extension Signal where Value == Void {
    package func open() { set(()) }

    /// - Throws: `CancellationError`.
    package func opened() async throws { try await value }
}

/// A gate in a script: the script waits at it until the test opens it.
package typealias Gate = Signal<Void>
