// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing
import Utterance

/// The clock that all other tests of time rely on.
@Suite(.timeLimit(.minutes(10)))
struct ManualClockTests {
    private let clock = ManualClock()

    @Test func `It stands still until it is advanced`() {
        #expect(clock.now == Moment(sinceZero: .zero))
        #expect(clock.now == Moment(sinceZero: .zero))
        clock.advance(by: .milliseconds(20))
        clock.advance(by: .milliseconds(5))
        #expect(clock.now == Moment(sinceZero: .milliseconds(25)))
    }

    @Test func `A sleeper wakes when its deadline has come, not before`() async throws {
        let awake = Mutex(false)
        async let slept: Void = {
            try await clock.sleep(until: Moment(sinceZero: .seconds(2)), tolerance: nil)
            awake.withLock { $0 = true }
        }()
        await clock.sleepers(1)
        clock.advance(by: .milliseconds(1_999))
        #expect(awake.withLock { !$0 })
        clock.advance(by: .milliseconds(1))
        try await slept
        #expect(awake.withLock { $0 })
    }

    @Test func `A deadline that has already come is no sleep`() async throws {
        clock.advance(by: .seconds(1))
        try await clock.sleep(until: clock.now, tolerance: nil)
        try await clock.sleep(until: Moment(sinceZero: .zero), tolerance: nil)
    }

    @Test func `One step wakes everybody whose time has come, and nobody else`() async throws {
        async let first: Void = clock.sleep(until: Moment(sinceZero: .seconds(1)), tolerance: nil)
        async let second: Void = clock.sleep(until: Moment(sinceZero: .seconds(2)), tolerance: nil)
        async let third: Void = clock.sleep(until: Moment(sinceZero: .seconds(3)), tolerance: nil)
        await clock.sleepers(3)
        clock.advance(by: .seconds(2))
        try await first
        try await second
        await clock.sleepers(1)
        clock.advance(by: .seconds(1))
        try await third
    }

    @Test func `A cancelled sleeper throws and is gone`() async throws {
        let sleeper = Task { try await clock.sleep(until: Moment(sinceZero: .seconds(1)), tolerance: nil) }
        await clock.sleepers(1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        clock.advance(by: .seconds(1))
    }

    @Test func `Cancelling races with waking, and every sleep ends`() async {
        for round in 0..<2_000 {
            let sleeper = Task { try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil) }
            // Parked by now, or still on its way.
            if round.isMultiple(of: 2) { await clock.sleepers(1) }
            async let cancel: Void = { sleeper.cancel() }()
            clock.advance(by: .seconds(1))
            await cancel
            _ = await sleeper.result
        }
    }

    @Test func `Waiting for sleepers ends once there are enough`() async throws {
        async let observed: Void = clock.sleepers(2)
        async let first: Void = clock.sleep(until: Moment(sinceZero: .seconds(1)), tolerance: nil)
        async let second: Void = clock.sleep(until: Moment(sinceZero: .seconds(1)), tolerance: nil)
        await observed
        await clock.sleepers(2)
        clock.advance(by: .seconds(1))
        try await first
        try await second
        await clock.sleepers(0)
    }
}
