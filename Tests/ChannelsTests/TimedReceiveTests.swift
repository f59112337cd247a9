// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import Channels

@Suite(.timeLimit(.minutes(10)))
struct TimedReceiveTests {
    private let clock = ManualClock()
    private let channel = BoundedChannel<Int>(capacity: 4)

    private var soon: Moment { clock.now.advanced(by: .seconds(1)) }

    @Test func `A buffered element is received without waiting, whatever the deadline`() async throws {
        try await channel.send(1)
        try await channel.send(2)
        let past = clock.now.advanced(by: .seconds(-1))
        #expect(try await channel.receive(before: soon, clock: clock) == .element(1))
        #expect(try await channel.receive(before: past, clock: clock) == .element(2))
        #expect(try await channel.receive(before: past, clock: clock) == .deadlineReached)
    }

    @Test(.stepping) func `An element that comes in time is received`() async throws {
        async let received = channel.receive(before: soon, clock: clock)
        try await settled()
        #expect(channel.isReceiverWaiting)
        try await channel.send(1)
        #expect(try await received == .element(1))
    }

    @Test(.stepping) func `At the deadline it gives up, and an element that comes later is kept`() async throws {
        async let received = channel.receive(before: soon, clock: clock)
        await clock.sleepers(1)
        try await settled()
        #expect(channel.isReceiverWaiting)
        clock.advance(by: .milliseconds(999))
        #expect(channel.isReceiverWaiting)
        clock.advance(by: .milliseconds(1))
        #expect(try await received == .deadlineReached)

        try await channel.send(1)
        #expect(try await channel.receive() == 1)
    }

    @Test func `It leaves no waiting task behind`() async throws {
        async let late = channel.receive(before: soon, clock: clock)
        await clock.sleepers(1)
        clock.advance(by: .seconds(1))
        #expect(try await late == .deadlineReached)
        #expect(!channel.isReceiverWaiting)

        async let early = channel.receive(before: soon, clock: clock)
        await clock.sleepers(1)
        try await channel.send(1)
        #expect(try await early == .element(1))
        #expect(!channel.isReceiverWaiting)
    }

    @Test(.stepping) func `The end is received: finished, or the error once`() async throws {
        async let received = channel.receive(before: soon, clock: clock)
        try await settled()
        #expect(channel.isReceiverWaiting)
        channel.finish()
        #expect(try await received == .finished)

        let failing = BoundedChannel<Int>(capacity: 1)
        failing.finish(throwing: Broken())
        await #expect(throws: Broken.self) { try await failing.receive(before: soon, clock: clock) }
        #expect(try await failing.receive(before: soon, clock: clock) == .finished)
    }

    @Test(.stepping) func `When cancelled, it returns at once and receives nothing that is buffered`() async throws {
        let receiver = Task(executorPreference: Stepping.executor) {
            try await channel.receive(before: soon, clock: clock)
        }
        try await settled()
        #expect(channel.isReceiverWaiting)
        receiver.cancel()
        #expect(try await receiver.value == .finished)

        try await channel.send(1)
        #expect(try await inCancelledTask { try await channel.receive(before: soon, clock: clock) } == .finished)
        #expect(channel.load == 1)
    }

    @Test func `When cancelled before it begins, it doesn't wait either`() async throws {
        #expect(try await inCancelledTask { try await channel.receive(before: soon, clock: clock) } == .finished)
        #expect(!channel.isReceiverWaiting)
    }

    @Test func `It accepts any clock`() async throws {
        let clock: any MomentClock = clock
        #expect(try await channel.receive(before: clock.now, clock: clock) == .deadlineReached)
    }

    /// Element and deadline race at every moment; afterwards every element was received once, in order.
    @Test(arguments: [1, 3])
    func `Deadlines at any moment neither lose, duplicate nor close anything`(capacity: Int) async throws {
        let count = 5_000
        let channel = BoundedChannel<Int>(capacity: capacity)
        let producer = Task {
            defer { channel.finish() }
            var random = SeededGenerator(seed: 2)
            for element in 0..<count {
                // Before the receiver's deadline, with it, or after it.
                let pause = Duration.milliseconds(Int.random(in: 0...3, using: &random))
                try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
                try await channel.send(element)
            }
        }
        // Both are asleep first, so that the deadline wins whenever it is earlier.
        let time = Task { await clock.pass(sleepers: 2) }
        var received: [Int] = []
        var deadlines = 0
        receiving: while true {
            let deadline = clock.now.advanced(by: .milliseconds(2))
            switch try await channel.receive(before: deadline, clock: clock) {
            case .element(let element): received.append(element)
            case .deadlineReached: deadlines += 1
            case .finished: break receiving
            }
        }
        time.cancel()
        await time.value
        try await producer.value
        #expect(received == Array(0..<count))
        #expect(deadlines > 0, "Both sides of the race must have won.")
    }

    /// Both at the same instant: either the element is received now, or the deadline is reached and the element kept.
    @Test func `An element at the instant of the deadline is received now or kept`() async throws {
        for round in 0..<1_000 {
            let channel = BoundedChannel<Int>(capacity: 1)
            let receiver = Task { try await channel.receive(before: soon, clock: clock) }
            await clock.sleepers(1)
            async let sent: Void = channel.send(round)
            clock.advance(by: .seconds(1))
            try await sent
            switch try await receiver.value {
            case .element(let element): #expect(element == round)
            case .deadlineReached: #expect(try await channel.receive() == round)
            case .finished: Issue.record("Nobody finished the channel.")
            }
            #expect(channel.load == 0)
        }
    }
}

extension BoundedChannel.Timed: Equatable where Element: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.element(let left), .element(let right)): left == right
        case (.finished, .finished), (.deadlineReached, .deadlineReached): true
        default: false
        }
    }
}
