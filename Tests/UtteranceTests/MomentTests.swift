// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing
import Utterance

struct MomentTests {
    private let zero = Moment(sinceZero: .zero)

    @Test func `Moments are ordered and apart like their times`() {
        let later = zero.advanced(by: .milliseconds(1_500))
        #expect(later.sinceZero == .milliseconds(1_500))
        #expect(zero < later)
        #expect(!(later < zero))
        #expect(zero.duration(to: later) == .milliseconds(1_500))
        #expect(later.duration(to: zero) == .milliseconds(-1_500))
        #expect(later.advanced(by: .milliseconds(-1_500)) == zero)
    }
}

@Suite(.timeLimit(.minutes(10)))
struct MonotonicClockTests {
    private let clock = MonotonicClock()

    private func systemTime() -> Moment {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(sinceZero: .nanoseconds(time.tv_sec * 1_000_000_000 + time.tv_nsec))
    }

    @Test func `It is CLOCK_MONOTONIC`() {
        for _ in 0..<1_000 {
            let (before, now, after) = (systemTime(), clock.now, systemTime())
            #expect(before <= now && now <= after)
        }
    }

    @Test func `A sleep ends at its deadline or later, never before`() async throws {
        for microseconds in [1, 100, 999, 1_000, 1_001, 2_345] {
            let deadline = clock.now.advanced(by: .microseconds(microseconds))
            try await clock.sleep(until: deadline, tolerance: nil)
            #expect(clock.now >= deadline)
        }
    }

    @Test func `A deadline that has passed is no sleep`() async throws {
        try await clock.sleep(until: clock.now.advanced(by: .seconds(-3_600)), tolerance: nil)
        try await clock.sleep(until: Moment(sinceZero: .zero), tolerance: nil)
    }

    @Test func `A cancelled sleep throws at once`() async {
        let sleeper = Task { try await clock.sleep(until: clock.now.advanced(by: .seconds(86_400)), tolerance: nil) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
