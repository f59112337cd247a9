// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Threads

/// Runs the tasks of a test, one job at a time, and knows when none of them can continue by itself.
///
/// So a test doesn't have to guess when "the sender is waiting by now" is true: after ``settled()`` it is, or never
/// will be. Child tasks run here too; tasks without a parent are made with `Task(executorPreference:)`. What happens
/// elsewhere, on an actor's own thread or in an event loop, is not waited for.
package final class StepExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isRunning = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Runs `body` and its child tasks here.
    package static func run<Value>(_ body: (StepExecutor) async throws -> Value) async rethrows -> Value {
        let executor = StepExecutor()
        return try await withTaskExecutorPreference(executor) { try await body(executor) }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isFirst { startThread(name: "steps") { self.runAll() } }
    }

    /// Waits until every task here is waiting for something that none of them does.
    package func settled() async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.isRunning else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    private func runAll() {
        while let job = next() { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    /// The next job; `nil` if there is none left, and nobody to notify.
    private func next() -> UnownedJob? {
        while true {
            let (job, settled) = state.withLock { state -> (UnownedJob?, CheckedContinuation<Void, Never>?) in
                if !state.jobs.isEmpty { return (state.jobs.removeFirst(), nil) }
                // Whoever is notified may have something to do: another job, which the others wait for.
                if !state.waiting.isEmpty { return (nil, state.waiting.removeFirst()) }
                state.isRunning = false
                return (nil, nil)
            }
            if let job { return job }
            guard let settled else { return nil }
            settled.resume()
        }
    }
}
