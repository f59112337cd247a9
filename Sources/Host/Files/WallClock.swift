// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// The time of day, which may jump.
package enum WallClock {
    /// Time since 1970 (`CLOCK_REALTIME`).
    package static var now: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
