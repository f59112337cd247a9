// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that comes once and that several tasks wait for.
package final class Promise<Value: Sendable>: Sendable {
    private let state = Watched<Value?>(nil)

    package init() {}

    /// The value, if it has come.
    package var current: Value? { state.current }

    /// Gives the value to everybody who waits and who will ask; only the first call counts.
    package func keep(_ value: Value) {
        state.change { $0 = $0 ?? value }
    }

    /// Waits for the value.
    ///
    /// - Throws: `CancellationError` if the waiting task is cancelled.
    package func value() async throws -> Value {
        try await state.wait { $0 }
    }
}
