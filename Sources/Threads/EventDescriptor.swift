// SPDX-License-Identifier: GPL-3.0-or-later
import CEventFD
import Glibc

/// A descriptor (`eventfd`) that one thread polls and others signal.
package final class EventDescriptor: Sendable {
    package let descriptor: CInt

    package init() {
        descriptor = utter_event_descriptor()
        precondition(descriptor >= 0, "The process has no file descriptor left.")
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Makes the descriptor readable. Wait-free; may be called from any thread.
    package func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }

    /// Makes the descriptor unreadable until the next signal.
    package func clear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
    }
}
