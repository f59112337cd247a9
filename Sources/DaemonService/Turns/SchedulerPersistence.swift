// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import Utterance

/// Saves what survives a restart, whenever it changes.
package struct SchedulerPersistence: Sendable {
    package var saveSessions: @Sendable (Sessions, Moment) -> Void = { _, _ in }
    /// Gets the answers that are under way.
    package var saveUnfinished: @Sendable ([UnfinishedAnswer]) -> Void = { _ in }
    package var saveControls: @Sendable (Controls) -> Void = { _ in }

    package init() {}
}
