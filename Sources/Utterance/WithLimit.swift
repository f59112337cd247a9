// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs `operation` for at most `limit`.
///
/// - Returns: the result of `operation`; `nil` if the limit was reached first, in which case `operation` is cancelled.
/// - Throws: the error of `operation`; `CancellationError`.
package func withLimit<Value: Sendable>(
    _ limit: Duration, clock: any MomentClock, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        let deadline = clock.now.advanced(by: limit)
        group.addTask { try await operation() }
        group.addTask {
            try await clock.sleep(until: deadline, tolerance: nil)
            return nil
        }
        return try await group.next() ?? nil
    }
}
