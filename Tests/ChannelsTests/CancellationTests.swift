// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Channels

@Suite(.timeLimit(.minutes(10)))
struct CancellationTests {
    @Test(.stepping) func `A waiting sender that is cancelled throws, and its element is not delivered`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        try await channel.send(1)
        let sender = Task(executorPreference: Stepping.executor) { try await channel.send(2) }
        try await settled()
        #expect(channel.isSenderWaiting)
        sender.cancel()
        await #expect(throws: CancellationError.self) { try await sender.value }
        #expect(!channel.isSenderWaiting)

        channel.finish()
        #expect(try await channel.rest() == [1])
    }

    @Test func `A cancelled sender throws even if there is room`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        await #expect(throws: CancellationError.self) {
            try await inCancelledTask { try await channel.send(1) }
        }
        #expect(channel.load == 0)
    }

    @Test(.stepping) func `A waiting receiver that is cancelled gets nil`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        let receiver = Task(executorPreference: Stepping.executor) { try await channel.receive() }
        try await settled()
        #expect(channel.isReceiverWaiting)
        receiver.cancel()
        #expect(try await receiver.value == nil)
        #expect(!channel.isReceiverWaiting)
    }

    @Test func `A cancelled receiver gets nothing that is buffered`() async throws {
        let channel = BoundedChannel<Int>(capacity: 100)
        for element in 0..<100 { try await channel.send(element) }
        #expect(try await inCancelledTask { try await channel.receive() } == nil)
        #expect(channel.load == 100)
    }

    @Test func `A cancelled receiver doesn't get the error either`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        channel.finish(throwing: Broken())
        #expect(try await inCancelledTask { try await channel.receive() } == nil)
        await #expect(throws: Broken.self) { try await channel.receive() }
    }

    @Test(.stepping) func `Cancelling a receiver closes nothing: another task continues where it stopped`() async throws
    {
        let channel = BoundedChannel<Int>(capacity: 1)
        let receiver = Task(executorPreference: Stepping.executor) { try await channel.receive() }
        try await settled()
        #expect(channel.isReceiverWaiting)
        receiver.cancel()
        _ = try await receiver.value
        try await channel.send(1)
        #expect(try await channel.receive() == 1)
    }

    @Test func `Cancelling the group of both sides ends both`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        let pipeline = Task {
            try await withThrowingTaskGroup { stages in
                stages.addTask { for element in 0... { try await channel.send(element) } }
                stages.addTask { while try await channel.receive() != nil {} }
                try await stages.waitForAll()
            }
        }
        pipeline.cancel()
        await #expect(throws: CancellationError.self) { try await pipeline.value }
    }

    /// At any moment, a cancelled sender's element was either delivered or rejected, never both or neither.
    @Test func `Cancelling a sender at any moment neither loses nor duplicates anything`() async throws {
        for round in 0..<2_000 {
            let channel = BoundedChannel<Int>(capacity: 2)
            let sender = Task {
                var sent = 0
                do {
                    while true {
                        try await channel.send(sent)
                        sent += 1
                    }
                } catch is CancellationError {
                    channel.finish()
                }
                return sent
            }
            // Varies which element is the last to be received before the cancellation; the sender continues meanwhile.
            if round % 20 == 0 { sender.cancel() }
            let receiver = Task {
                var received: [Int] = []
                while let element = try await channel.receive() {
                    received.append(element)
                    if received.count == round % 20 { sender.cancel() }
                }
                return received
            }
            let sent = try await sender.value
            try #require(try await receiver.value == Array(0..<sent), "round \(round)")
        }
    }

    /// At any moment, what a cancelled receiver did not get is there for the next one.
    @Test func `Cancelling a receiver at any moment neither loses nor duplicates anything`() async throws {
        for round in 0..<2_000 {
            let channel = BoundedChannel<Int>(capacity: 2)
            let receiver = Task { try await channel.rest() }
            let sender = Task {
                defer { channel.finish() }
                for element in 0..<20 {
                    if element == round % 20 { receiver.cancel() }
                    try await channel.send(element)
                }
            }
            let first = try await receiver.value
            let rest = try await channel.rest()
            try await sender.value
            try #require(first + rest == Array(0..<20), "round \(round)")
        }
    }
}
