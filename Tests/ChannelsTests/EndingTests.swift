// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Channels

@Suite(.timeLimit(.minutes(10)))
struct EndingTests {
    // MARK: The producer ends

    @Test func `finish delivers what is buffered, then nil forever`() async throws {
        let channel = BoundedChannel<Int>(capacity: 3)
        for element in 1...3 { try await channel.send(element) }
        channel.finish()
        #expect(try await channel.rest() == [1, 2, 3])
        #expect(try await channel.receive() == nil)
    }

    @Test func `finish(throwing:) delivers what is buffered, then throws once`() async throws {
        let channel = BoundedChannel<Int>(capacity: 2)
        try await channel.send(1)
        try await channel.send(2)
        channel.finish(throwing: Broken())
        #expect(try await channel.receive() == 1)
        #expect(try await channel.receive() == 2)
        await #expect(throws: Broken.self) { try await channel.receive() }
        #expect(try await channel.receive() == nil)
    }

    @Test(.stepping) func `finish wakes a waiting receiver`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        async let received = channel.receive()
        try await settled()
        #expect(channel.isReceiverWaiting)
        channel.finish()
        #expect(try await received == nil)
    }

    @Test(.stepping) func `finish(throwing:) wakes a waiting receiver, which then throws`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        let receiver = Task(executorPreference: Stepping.executor) { try await channel.receive() }
        try await settled()
        #expect(channel.isReceiverWaiting)
        channel.finish(throwing: Broken())
        await #expect(throws: Broken.self) { try await receiver.value }
    }

    @Test func `Only the first finish counts`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        channel.finish(throwing: Broken(reason: "first"))
        channel.finish()
        channel.finish(throwing: Broken(reason: "third"))
        await #expect(throws: Broken(reason: "first")) { try await channel.receive() }
        #expect(try await channel.receive() == nil)
    }

    @Test func `A send after finish throws`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        channel.finish()
        await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await channel.send(1) }
        #expect(try await channel.receive() == nil)
    }

    @Test(.stepping)
    func `finish while a sender waits: buffered elements are delivered, and the waiting send throws at once`()
        async throws
    {
        let channel = BoundedChannel<Int>(capacity: 1)
        try await channel.send(1)
        let sender = Task(executorPreference: Stepping.executor) { try await channel.send(2) }
        try await settled()
        #expect(channel.isSenderWaiting)
        channel.finish()
        await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await sender.value }
        #expect(try await channel.rest() == [1])
    }

    /// If the producer just drops a channel, the channel can't know it; this is what the producer must do.
    @Test func `A producer that finishes in a defer ends the stream however it returns`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        let producer = Task {
            defer { channel.finish() }
            try await channel.send(1)
            throw Broken()
        }
        #expect(try await channel.rest() == [1])
        await #expect(throws: Broken.self) { try await producer.value }
    }

    // MARK: The consumer ends

    @Test func `A send after the receiver has left throws`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        channel.leave()
        await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await channel.send(1) }
        #expect(channel.load == 0)
    }

    @Test(.stepping) func `A waiting sender throws when the receiver leaves`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        try await channel.send(1)
        let sender = Task(executorPreference: Stepping.executor) { try await channel.send(2) }
        try await settled()
        #expect(channel.isSenderWaiting)
        channel.leave()
        await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await sender.value }
    }

    @Test func `A consumer that stops early and leaves in a defer ends its producer`() async throws {
        let channel = BoundedChannel<Int>(capacity: 4)
        let producer = Task { for element in 0... { try await channel.send(element) } }
        let consumer = Task {
            defer { channel.leave() }
            while let element = try await channel.receive(), element < 10 {}
        }
        try await consumer.value
        await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await producer.value }
    }

    @Test func `Leaving drops what is buffered, and the stream ends with nil`() async throws {
        final class Sound: Sendable {}
        let channel = BoundedChannel<Sound>(capacity: 2)
        weak var buffered: Sound?
        do {
            let sound = Sound()
            buffered = sound
            try await channel.send(sound)
        }
        channel.finish(throwing: Broken())
        channel.leave()
        #expect(buffered == nil)
        #expect(channel.load == 0)
        #expect(try await channel.receive() == nil)
    }

    @Test(.stepping) func `A waiting receiver gets nil when another task leaves`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        async let received = channel.receive()
        try await settled()
        #expect(channel.isReceiverWaiting)
        channel.leave()
        #expect(try await received == nil)
    }

    @Test(arguments: 0..<20)
    func `Leaving at any moment ends the producer`(yields: Int) async throws {
        for _ in 0..<100 {
            let channel = BoundedChannel<Int>(capacity: 2)
            let producer = Task { for element in 0... { try await channel.send(element) } }
            for _ in 0..<yields { _ = try await channel.receive() }
            channel.leave()
            await #expect(throws: BoundedChannel<Int>.ReceiverLeft.self) { try await producer.value }
        }
    }
}
