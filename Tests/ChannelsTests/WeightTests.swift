// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import Channels

@Suite(.timeLimit(.minutes(10)))
struct WeightTests {
    private func textChannel(_ capacity: Int) -> BoundedChannel<String> {
        BoundedChannel(capacity: capacity) { $0.utf8.count }
    }

    @Test(.stepping) func `The bound is on the weight, not on the number of elements`() async throws {
        let channel = textChannel(10)
        for text in ["12345", "123", "12"] { try await channel.send(text) }
        #expect(channel.load == 10)
        async let one: Void = channel.send("1")
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == "12345")
        try await one
        #expect(channel.load == 6)
    }

    @Test(.stepping) func `A heavy element waits until there is room for all of it`() async throws {
        let channel = textChannel(10)
        for text in ["1234", "12", "1234"] { try await channel.send(text) }
        async let heavy: Void = channel.send("1234567")
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == "1234")
        #expect(channel.isSenderWaiting, "6 + 7 > 10")
        #expect(try await channel.receive() == "12")
        #expect(channel.isSenderWaiting, "4 + 7 > 10")
        #expect(try await channel.receive() == "1234")
        try await heavy
        #expect(channel.load == 7)
    }

    @Test(.stepping) func `An element heavier than the whole bound is accepted when the channel is empty`() async throws
    {
        let channel = textChannel(4)
        try await channel.send("much too long")
        #expect(channel.load == 13)
        async let next: Void = channel.send("x")
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == "much too long")
        try await next
        #expect(channel.load == 1)
    }

    @Test(.stepping) func `An element heavier than the whole bound waits until the channel is empty`() async throws {
        let channel = textChannel(4)
        try await channel.send("x")
        async let heavy: Void = channel.send("much too long")
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == "x")
        try await heavy
        #expect(try await channel.receive() == "much too long")
    }

    @Test(.stepping, arguments: [0, -1, .min])
    func `An element without weight counts as 1, so that it is bounded too`(weight: Int) async throws {
        let channel = BoundedChannel<Int>(capacity: 3) { _ in weight }
        for element in 1...3 { try await channel.send(element) }
        #expect(channel.load == 3)
        async let fourth: Void = channel.send(4)
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == 1)
        try await fourth
    }

    @Test(.stepping) func `The largest possible weight doesn't overflow`() async throws {
        let channel = BoundedChannel<Int>(capacity: .max) { $0 }
        try await channel.send(.max)
        async let second: Void = channel.send(.max)
        try await settled()
        #expect(channel.isSenderWaiting)
        #expect(try await channel.receive() == .max)
        try await second
        #expect(channel.load == .max)
    }

    @Test func `Under load with mixed weights, the bound holds and nothing is lost`() async throws {
        var random = SeededGenerator(seed: 1)
        let weights = (0..<20_000).map { _ in Int.random(in: 0...12, using: &random) }
        let channel = BoundedChannel<Int>(capacity: 10) { $0 }
        let producer = Task {
            defer { channel.finish() }
            for weight in weights { try await channel.send(weight) }
        }
        var received: [Int] = []
        while let weight = try await channel.receive() {
            received.append(weight)
            let load = channel.load
            // Above 10 only with a single element that is heavier than the bound.
            if load > 10 { #expect([11, 12].contains(load)) }
        }
        try await producer.value
        #expect(received == weights)
        #expect(channel.load == 0)
    }
}
