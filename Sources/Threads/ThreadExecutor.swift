// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A serial executor on one thread of its own: the home of an actor whose C calls block.
///
/// The thread sleeps on a semaphore while there is nothing to do and ends when the executor is released.
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
        unsafe queue.append(Entry(job: UnownedJob(job), executor: asUnownedSerialExecutor()))
    }
}

/// A job and whose it is. The executor outlives its jobs: the actor that they run for holds it.
@unsafe
private struct Entry {
    let job: UnownedJob
    let executor: UnownedSerialExecutor
}

/// The jobs of one thread; shared by the executor and its thread, so that neither keeps the other alive.
private final class JobQueue: Sendable {

    @safe
    private struct State {
        var entries: [Entry] = unsafe []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = Semaphore()

    func append(_ entry: Entry) {
        state.withLock { unsafe $0.entries.append(entry) }
        wake.signal()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    func run() {
        while true {
            wake.wait()
            let (entries, isClosed) = unsafe state.withLock { state in
                defer { unsafe state.entries = [] }
                return unsafe (state.entries, state.isClosed)
            }
            for index in unsafe entries.indices {
                let entry = unsafe entries[index]
                unsafe entry.job.runSynchronously(on: entry.executor)
            }
            if isClosed { return }
        }
    }
}
