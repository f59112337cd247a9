// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import TestSupport
import Testing

struct Broken: Error, Equatable {
    var reason = ""
}

/// Runs a test's tasks one at a time, so that ``settled()`` knows when all of them are waiting.
struct Stepping: TestTrait, TestScoping {
    @TaskLocal static var executor: StepExecutor?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await StepExecutor.run { executor in
            try await Self.$executor.withValue(executor) { try await function() }
        }
    }
}

extension Trait where Self == Stepping {
    static var stepping: Self { Stepping() }
}

/// Waits until none of the test's tasks can continue by itself. The test must be `.stepping`.
func settled() async throws {
    try await #require(Stepping.executor).settled()
}

extension BoundedChannel {
    /// Receives all remaining elements.
    func rest() async throws -> [Element] {
        var elements: [Element] = []
        while let element = try await receive() { elements.append(element) }
        return elements
    }
}

/// Runs `body` in a task that is cancelled before it begins.
func inCancelledTask<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let task = Task {
        // Ends when the task is cancelled.
        _ = try? await Promise<Void>().value()
        return try await body()
    }
    task.cancel()
    return try await task.value
}
