// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
package import Utterance

/// Keeps a device whose server is gone from saying so again and again. Shared by the answers of one device.
package final class SpokenFaultLimit: Sendable {
    private let interval: Duration
    private let clock: any MomentClock
    /// When each was said last.
    private let said = Mutex([Fault.Code: Moment]())

    /// - Parameter interval: the least time between two sayings of one fault.
    package init(interval: Duration = .seconds(60), clock: any MomentClock = MonotonicClock()) {
        self.interval = interval
        self.clock = clock
    }

    /// Whether the fault may be said now; it then counts as said.
    func permits(_ code: Fault.Code) -> Bool {
        let now = clock.now
        return said.withLock { said in
            if let last = said[code], last.duration(to: now) < interval { return false }
            said[code] = now
            return true
        }
    }
}
