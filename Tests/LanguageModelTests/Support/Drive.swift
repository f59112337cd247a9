// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

extension ManualClock {
    /// Lets time pass from the opening of `gate` until `operation` has finished.
    func passing<Value: Sendable>(
        after gate: Gate, while operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await operation() }
            group.addTask {
                try await gate.opened()
                await self.pass()
                return nil
            }
            guard case .some(.some(let value)) = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
