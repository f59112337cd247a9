// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether, or how hard, a model reasons before it answers.
package enum Think: String, Sendable, Hashable, CaseIterable {
    case on = "true"
    case off = "false"
    case low, medium, high, max

    /// `nil` where no level is named.
    package var level: String? {
        switch self {
        case .on, .off: nil
        case .low, .medium, .high, .max: rawValue
        }
    }
}
