// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides whether something has made no progress for a time limit.
///
/// While this process or the whole machine is stopped (SIGSTOP, a frozen container, a suspended virtual machine),
/// everything that is watched may stop too, while the clock runs on. So the clock alone proves nothing: the last fifth of
/// the limit begins only with a check, and the check at its end must find the same.
package struct Standstill: Sendable {
    private let limit: Duration
    private var lastProgress: Moment
    /// When the first check in the last part of the limit was.
    private var suspected: Moment?

    /// - Parameter now: counts as progress.
    package init(limit: Duration, at now: Moment) {
        self.limit = limit
        lastProgress = now
    }

    /// Notes progress at a moment.
    package mutating func noteProgress(at moment: Moment) {
        guard moment > lastProgress else { return }
        lastProgress = moment
        suspected = nil
    }

    /// Whether there has been no progress for the limit; each call counts as a check.
    package mutating func isCertain(at now: Moment) -> Bool {
        guard now >= lastProgress.advanced(by: limit - confirmation) else { return false }
        guard let suspected else {
            suspected = now
            return false
        }
        return suspected.duration(to: now) >= confirmation
    }

    /// When to check next, at the latest.
    package var nextLook: Moment {
        suspected.map { $0.advanced(by: confirmation) } ?? lastProgress.advanced(by: limit - confirmation)
    }

    private var confirmation: Duration { limit / 5 }
}
