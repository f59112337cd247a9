// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Channels

@Suite(.timeLimit(.minutes(10)))
struct SendingAndReceivingTests {
    @Test func `Elements are received in the order in which they were sent`() async throws {
        let channel = BoundedChannel<Int>(capacity: 10)
        for element in 0..<10 { try await channel.send(element) }
        channel.finish()
        #expect(try await channel.rest() == Array(0..<10))
    }

    @Test(.stepping) func `A receiver that is already waiting gets the element`() async throws {
        let channel = BoundedChannel<Int>(capacity: 1)
        async let received = channel.receive()
        try await settled()
        #expect(channel.isReceiverWaiting)
        try await channel.send(7)
        #expect(try await received == 7)
        #expect(!channel.isReceiverWaiting)
    }

    @Test(.stepping) func `A sender waits while the channel is full, and continues as soon as there is room`()
        async throws
    {
        let channel = BoundedChannel<Int>(capacity: 2)
        try await channel.send(1)
        try await channel.send(2)
        async let third: Void = channel.send(3)
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(channel.load == 2)

        #expect(try await channel.receive() == 1)
        try await third
        #expect(channel.load == 2)
        channel.finish()
        #expect(try await channel.rest() == [2, 3])
    }

    @Test func `Elements may be optional: nil can be sent`() async throws {
        let channel = BoundedChannel<Int?>(capacity: 3)
        for element in [1, nil, 3] { try await channel.send(element) }
        channel.finish()
        #expect(try await channel.rest() == [1, nil, 3])
    }

    @Test(arguments: [1, 2, 7, 1_000])
    func `Under load nothing is lost, duplicated or out of order, and the bound holds`(capacity: Int) async throws {
        let count = 100_000
        let channel = BoundedChannel<Int>(capacity: capacity)
        let producer = Task {
            defer { channel.finish() }
            var most = 0
            for element in 0..<count {
                try await channel.send(element)
                most = max(most, channel.load)
            }
            return most
        }
        var expected = 0
        while let element = try await channel.receive() {
            try #require(element == expected)
            expected += 1
        }
        #expect(expected == count)
        #expect(try await producer.value <= capacity)
    }

    @Test func `An element is released once it has been received`() async throws {
        final class Sound: Sendable {}
        let channel = BoundedChannel<Sound>(capacity: 4)
        weak var first: Sound?
        do {
            let sound = Sound()
            first = sound
            try await channel.send(sound)
            try await channel.send(Sound())
        }
        #expect(first != nil)
        _ = try await channel.receive()
        #expect(first == nil)
        #expect(channel.load == 1)
    }
}
