// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10)))
struct SemaphoreTests {
    @Test func `Signals that come first are kept, one for each wait`() async {
        let semaphore = Semaphore()
        for _ in 0..<3 { semaphore.signal() }
        await valueFromThread(named: "waiter") {
            for _ in 0..<3 { semaphore.wait() }
        }
    }

    @Test func `A wait lasts until the signal`() async {
        let (ping, pong) = (Semaphore(), Semaphore())
        let turns = Mutex<[String]>([])
        startThread(name: "pong") {
            for _ in 0..<1_000 {
                ping.wait()
                turns.withLock { $0.append("ping") }
                pong.signal()
            }
        }
        await valueFromThread(named: "ping") {
            for _ in 0..<1_000 {
                ping.signal()
                pong.wait()
                turns.withLock { $0.append("pong") }
            }
        }
        let expected = (0..<1_000).flatMap { _ in ["ping", "pong"] }
        #expect(turns.withLock { $0 } == expected)
    }

    @Test func `Each signal lets one of many waiters through`() async {
        let semaphore = Semaphore()
        let passed = Atomic(0)
        let (passes, pass) = AsyncStream.makeStream(of: Int.self)
        for index in 0..<8 {
            startThread(name: "waiter-\(index)") {
                semaphore.wait()
                pass.yield(passed.add(1, ordering: .relaxed).newValue)
            }
        }
        var coming = passes.makeAsyncIterator()
        for count in 1...8 {
            #expect(passed.load(ordering: .relaxed) == count - 1)
            semaphore.signal()
            #expect(await coming.next() == count)
        }
    }
}
