// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A point on the monotonic clock, as the time since that clock's own zero.
///
/// Every stage stamps with the same clock, so that "generated", "synthesized" and "heard" can be compared.
package struct Moment: InstantProtocol {
    /// Time since the zero of `CLOCK_MONOTONIC`, or of the test that made it up.
    package var sinceZero: Duration

    package init(sinceZero: Duration) {
        self.sinceZero = sinceZero
    }

    package func advanced(by duration: Duration) -> Moment {
        Moment(sinceZero: sinceZero + duration)
    }

    package func duration(to other: Moment) -> Duration {
        other.sinceZero - sinceZero
    }

    package static func < (left: Moment, right: Moment) -> Bool {
        left.sinceZero < right.sinceZero
    }
}

/// A clock whose instants are ``Moment``s: the real one, or one that a test moves by hand.
package protocol MomentClock: Clock where Instant == Moment {}

/// `CLOCK_MONOTONIC`, the clock that ALSA and the bench stamp with. (Swift's `ContinuousClock` is `CLOCK_BOOTTIME`.)
package struct MonotonicClock: MomentClock {
    package init() {}

    package var now: Moment {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(sinceZero: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
    }

    package var minimumResolution: Duration { .nanoseconds(1) }

    package func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        // On Linux the suspending clock is CLOCK_MONOTONIC too.
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance, clock: .suspending)
    }
}
