// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A point in time on the monotonic clock, as the time since the clock's zero.
///
/// All stages take their timestamps from the same clock, so that "generated", "synthesized" and "heard" can be
/// compared.
package struct Moment: InstantProtocol {
    /// Time since the zero of `CLOCK_MONOTONIC`, or of a test's clock.
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

/// A clock whose instants are ``Moment``s: the real one, or one that a test advances.
package protocol MomentClock: Clock where Instant == Moment {}

/// `CLOCK_MONOTONIC`, which ALSA and the bench use for their timestamps. (Swift's `ContinuousClock` is
/// `CLOCK_BOOTTIME`.)
package struct MonotonicClock: MomentClock {
    package init() {}

    package var now: Moment {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(sinceZero: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec))
    }

    package var minimumResolution: Duration { .nanoseconds(1) }

    package func sleep(until deadline: Moment, tolerance: Duration?) async throws {
        // On Linux, the suspending clock is also CLOCK_MONOTONIC.
        try await Task.sleep(for: now.duration(to: deadline), tolerance: tolerance, clock: .suspending)
    }
}
