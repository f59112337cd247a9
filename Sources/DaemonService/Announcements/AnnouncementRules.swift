// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
package import Utterance

/// When an announcement is said, and whether a chime comes before it.
///
/// An announcement is a text to be said as it is, through `/v1/say` or the tools `say` and `announce`. Questions, their
/// answers, and texts from chat programs are not announcements.
package struct AnnouncementRules: Sendable, Hashable {
    /// Which announcements a chime precedes.
    package var chime: ChimeUse
    /// When only important announcements are said; `nil`: never.
    package var quietHours: QuietHours?
    /// The same text is not said again until it was heard this long ago.
    package var repeatAfter: Duration

    package init(chime: ChimeUse = .off, quietHours: QuietHours? = nil, repeatAfter: Duration = .zero) {
        self.chime = chime
        self.quietHours = quietHours
        self.repeatAfter = repeatAfter
    }

    /// Whether a chime comes before an announcement. Progress messages have none, since each replaces the previous one.
    func chimes(before priority: Priority) -> Bool {
        switch chime {
        case .off: false
        case .important: priority == .important
        case .all: priority != .progress
        }
    }

    /// - Parameter now: in the device's time zone.
    /// - Throws: `Fault(.quietHours)` if it may not be said now.
    func check(_ priority: Priority, at now: TimeOfDay) throws(Fault) {
        guard let quietHours, priority != .important, quietHours.contains(now) else { return }
        throw Fault(
            .quietHours,
            "This was not said, since it is quiet until \(quietHours.end) (announcements.quiet_hours); what has to be "
                + "heard needs the priority important.")
    }
}
