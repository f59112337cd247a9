// SPDX-License-Identifier: GPL-3.0-or-later

/// A local time of day, to the minute.
package struct TimeOfDay: Sendable, Hashable, Comparable {
    /// Since midnight, 0 to 1439.
    private let minutes: Int

    /// - Returns: `nil` if the hour is not in 0 to 23 or the minute not in 0 to 59.
    package init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutes = hour * 60 + minute
    }

    /// - Parameter text: hours and minutes, such as `22:00` or `7:30`; `24:00` is midnight too.
    /// - Returns: `nil` for any other text.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour == 24 && minute == 0 ? 0 : hour, minute: minute)
    }

    package static let midnight = TimeOfDay(minutes: 0)

    private init(minutes: Int) {
        self.minutes = minutes
    }

    package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }
}

extension TimeOfDay: CustomStringConvertible {
    /// `07:30`.
    package var description: String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

/// The hours of each day in which only important announcements are said.
///
/// They follow local time, so they are an hour shorter or longer in the nights when the clocks change.
package struct QuietHours: Sendable, Hashable {
    package let begin: TimeOfDay
    /// The first minute after them; earlier than ``begin`` if midnight is in between.
    package let end: TimeOfDay

    /// - Parameter text: begin and end, such as `22:00-07:00`.
    /// - Returns: `nil` for any other text, and for an end that equals the beginning.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let begin = TimeOfDay(parts[0]), let end = TimeOfDay(parts[1]), begin != end else {
            return nil
        }
        (self.begin, self.end) = (begin, end)
    }

    package func contains(_ time: TimeOfDay) -> Bool {
        begin < end ? begin <= time && time < end : begin <= time || time < end
    }
}

extension QuietHours: CustomStringConvertible {
    /// `22:00-07:00`.
    package var description: String { "\(begin)-\(end)" }
}
