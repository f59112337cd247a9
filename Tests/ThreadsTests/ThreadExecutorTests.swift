// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import Threads

/// An actor on its own thread, as in `Speech`.
private actor Worker {
    private let executor: ThreadExecutor
    private(set) var numbers: [Int] = []
    private(set) var count = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(name: String) {
        executor = ThreadExecutor(name: name)
    }

    func thread() -> (id: String, name: String?) {
        (threadID(), contents(of: "/proc/thread-self/comm"))
    }

    func block(until semaphore: Semaphore, onBlock: @Sendable () -> Void) {
        onBlock()
        semaphore.wait()
    }

    func increment() {
        count += 1
    }

    /// Enqueues `count` jobs at once, each of which records its number.
    func noteInTurn(_ count: Int) -> [Task<Void, Never>] {
        (0..<count).map { number in Task { numbers.append(number) } }
    }

    /// Enqueues jobs that keep the actor alive, and that nobody waits for.
    func leaveBehind(_ count: Int, onJob: @escaping @Sendable () -> Void) {
        for _ in 0..<count {
            Task {
                self.count += 1
                onJob()
            }
        }
    }

    nonisolated func assumeIncrement() {
        assumeIsolated { $0.count += 1 }
    }

    func incrementByAssumption() {
        assumeIncrement()
    }

    func roundTrip() async -> Bool {
        let before = threadID()
        await Task.yield()
        await elsewhere()
        return threadID() == before
    }

    @concurrent private func elsewhere() async {}
}

@Suite(.timeLimit(.minutes(10)))
struct ThreadExecutorTests {
    @Test func `The actor runs on the named thread, always the same one`() async {
        let worker = Worker(name: "test-worker")
        let first = await worker.thread()
        #expect(first.name == "test-worker\n")
        for _ in 0..<100 { #expect(await worker.thread().id == first.id) }
    }

    @Test func `After an await inside, the actor is back on its thread`() async {
        #expect(await Worker(name: "back").roundTrip())
    }

    @Test func `The runtime knows that the actor is isolated there`() async {
        let worker = Worker(name: "isolated")
        await worker.incrementByAssumption()
        #expect(await worker.count == 1)
    }

    @Test func `Jobs run in the order in which they came`() async {
        let worker = Worker(name: "order")
        for task in await worker.noteInTurn(10_000) { await task.value }
        #expect(await worker.numbers == Array(0..<10_000))
    }

    /// With this many blocked actors on the cooperative pool, which has a thread per core, nobody would be left to
    /// release them.
    @Test func `Blocked executors do not block the cooperative pool`() async {
        let release = Semaphore()
        let (blocks, block) = AsyncStream.makeStream(of: Void.self)
        let workers = (0..<4 * coreCount()).map { Worker(name: "blocked-\($0)") }
        await withTaskGroup { group in
            for worker in workers {
                group.addTask {
                    await worker.block(until: release) { block.yield() }
                }
            }
            // All of them are blocked at once.
            var blocked = 0
            for await _ in blocks.prefix(workers.count) { blocked += 1 }
            #expect(blocked == workers.count)
            for _ in workers { release.signal() }
        }
    }

    @Test func `Many jobs from many tasks all run, one at a time`() async {
        let worker = Worker(name: "many")
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<10_000 { await worker.increment() }
                }
            }
        }
        #expect(await worker.count == 80_000)
    }

    @Test func `The thread ends when the executor is released`() async {
        do {
            let worker = Worker(name: "ends")
            await worker.increment()
            #expect(threadNames().contains("ends"))
        }
        await untilThread("ends", isThere: false)
    }

    @Test func `An executor that never had a job ends too`() async {
        var executor: ThreadExecutor? = ThreadExecutor(name: "unused")
        await untilThread("unused", isThere: true)
        #expect(executor != nil)
        executor = nil
        await untilThread("unused", isThere: false)
    }

    /// The last job releases the actor, and with it the executor, on the executor's own thread.
    @Test func `Jobs that are left behind all run before the thread ends`() async {
        let jobs = Counter()
        for _ in 0..<100 {
            await Worker(name: "left-behind").leaveBehind(100) { jobs.increment() }
        }
        await untilThread("left-behind", isThere: false)
        #expect(jobs.value == 10_000)
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .acquiring) }

    func increment() {
        count.add(1, ordering: .acquiringAndReleasing)
    }
}
