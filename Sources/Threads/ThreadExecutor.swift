// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A serial executor with its own thread, for an actor whose C calls block.
///
/// The actor keeps it in a `let` and returns it from `unownedExecutor`. The thread sleeps while there is nothing to do,
/// and ends when the executor is released.
package final class ThreadExecutor: SerialExecutor {
    private let queue: JobQueue

    /// - Parameter name: shown by `ps -T` and `top -H`; at most 15 bytes are used.
    package init(name: String) {
        queue = JobQueue(threadName: name)
    }

    deinit {
        queue.close()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(QueuedJob(job: UnownedJob(job), executor: .serial(self)))
    }
}

/// The same for tasks that block and don't belong to an actor: `addTask(executorPreference:)` runs them on one thread.
package final class ThreadTaskExecutor: TaskExecutor {
    private let queue: JobQueue

    /// - Parameter name: shown by `ps -T` and `top -H`; at most 15 bytes are used.
    package init(name: String) {
        queue = JobQueue(threadName: name)
    }

    deinit {
        queue.close()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(QueuedJob(job: UnownedJob(job), executor: .task(self)))
    }
}

/// A job and the executor that it runs on, which it keeps alive: the last job of an actor may release the actor.
private struct QueuedJob {
    enum Executor {
        case serial(ThreadExecutor)
        case task(ThreadTaskExecutor)
    }

    let job: UnownedJob
    let executor: Executor

    func run() {
        switch executor {
        case .serial(let executor): unsafe job.runSynchronously(on: executor.asUnownedSerialExecutor())
        case .task(let executor): unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
        }
    }
}

/// The jobs of one thread, shared by the executor and its thread, so that neither keeps the other alive.
private final class JobQueue: Sendable {
    private struct State {
        var jobs: [QueuedJob] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = Semaphore()

    /// Starts the thread.
    init(threadName: String) {
        startThread(name: threadName) { self.run() }
    }

    func append(_ job: QueuedJob) {
        let isFirst = state.withLock { state in
            state.jobs.append(job)
            return state.jobs.count == 1
        }
        if isFirst { wake.signal() }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    /// Runs the jobs in order, until the queue is closed. No job is left then, since each keeps the queue open.
    private func run() {
        while true {
            wake.wait()
            let (jobs, isClosed) = state.withLock { state in
                defer { state.jobs = [] }
                return (state.jobs, state.isClosed)
            }
            for job in jobs { job.run() }
            if isClosed { return }
        }
    }
}
