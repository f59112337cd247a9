// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A serial executor on one thread of its own: the home of an actor whose C calls block.
///
/// The actor keeps it in a `let` and returns it from `unownedExecutor`. The thread sleeps while there is nothing to do
/// and ends when the executor is released.
package final class ThreadExecutor: SerialExecutor {
    private let queue: JobQueue

    /// - Parameter name: shown by `ps -T` and `top -H`; at most 15 bytes count.
    package init(name: String) {
        let queue = JobQueue()
        self.queue = queue
        startThread(name: name) { queue.run() }
    }

    deinit {
        queue.close()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(QueuedJob(job: UnownedJob(job), executor: .serial(self)))
    }
}

/// The same for tasks that block and belong to no actor: `addTask(executorPreference:)` has them run on one thread.
package final class ThreadTaskExecutor: TaskExecutor {
    private let queue: JobQueue

    /// - Parameter name: shown by `ps -T` and `top -H`; at most 15 bytes count.
    package init(name: String) {
        let queue = JobQueue()
        self.queue = queue
        startThread(name: name) { queue.run() }
    }

    deinit {
        queue.close()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(QueuedJob(job: UnownedJob(job), executor: .task(self)))
    }
}

/// A job and the executor it runs on, which it keeps alive: the last job of an actor may be what releases the actor.
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

/// The jobs of one thread; shared by the executor and its thread, so that neither keeps the other alive.
private final class JobQueue: Sendable {
    private struct State {
        var jobs: [QueuedJob] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = Semaphore()

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

    /// Runs the jobs in the order they came, until the queue is closed. No job is left then, as each keeps it open.
    func run() {
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
