// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import Utterance

/// The time of day in this machine's time zone.
package enum LocalTime {
    package static var now: TimeOfDay { at(WallClock.now) }

    /// - Parameter time: since 1970, in UTC.
    package static func at(_ time: Duration) -> TimeOfDay {
        // The time zone may change while a daemon runs; localtime_r alone would keep the one of its first call.
        tzset()
        var seconds = time_t(time.components.seconds)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        // It fails only for years that don't fit in an integer, and then leaves the parts zero.
        return unsafe TimeOfDay(hour: Int(parts.tm_hour), minute: Int(parts.tm_min)) ?? .midnight
    }
}
