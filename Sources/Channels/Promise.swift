// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that is set once, and that any number of tasks can wait for.
package final class Promise<Value: Sendable>: Sendable {
    private let state = Watched<Value?>(nil)

    package init() {}

    /// The value, if it has been set.
    package var current: Value? { state.current }

    /// Sets the value for all waiting and later tasks. Only the first call counts.
    package func fulfill(_ value: Value) {
        state.change { $0 = $0 ?? value }
    }

    /// Waits for the value.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled.
    package func value() async throws -> Value {
        try await state.wait { $0 }
    }
}
