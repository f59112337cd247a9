// SPDX-License-Identifier: GPL-3.0-or-later

/// What a request does when something else is being said.
package enum Policy: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stops that; what waits in the queue keeps waiting.
    case interrupt
    /// It waits until that has been heard.
    case queue
    /// It is refused.
    case reject
}
