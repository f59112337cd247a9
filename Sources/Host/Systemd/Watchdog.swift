// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Tells the service manager in time that the daemon is well, and only while it is: who falls silent is restarted.
package struct Watchdog: Sendable {
    private let notifier: Notifier
    /// Half of the time after which the manager acts (`sd_watchdog_enabled(3)`).
    package let interval: Duration

    /// - Parameters:
    ///   - environment: the process's variables; `WATCHDOG_USEC`, and `WATCHDOG_PID` if that is set.
    ///   - process: this one.
    /// - Returns: `nil` if nobody watches.
    package init?(_ notifier: Notifier, environment: [String: String], process: Int32) {
        guard let time = environment["WATCHDOG_USEC"].flatMap(Int.init), time > 0 else { return nil }
        if let watched = environment["WATCHDOG_PID"], Int32(watched) != process { return nil }
        self.notifier = notifier
        interval = .microseconds(time / 2)
    }

    /// Runs until the task is cancelled.
    ///
    /// - Parameter isWell: asked each time; one that never answers is no answer.
    package func run(clock: any MomentClock, isWell: @Sendable () async -> Bool) async {
        while true {
            if await isWell() { notifier.send(.watchdog) }
            do { try await clock.sleep(until: clock.now.advanced(by: interval), tolerance: nil) } catch { return }
        }
    }
}
