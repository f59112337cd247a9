// SPDX-License-Identifier: GPL-3.0-or-later

/// How much a request matters beside the others; the idea is speech-dispatcher's (SSIP's message priorities).
package enum Priority: String, Sendable, Hashable, Codable, CaseIterable {
    /// Never interrupted. A normal answer that it cuts goes on after it, at the sentence that was cut.
    case important
    case normal
    /// Dropped when anything else is said; of those that had to wait only the last is kept.
    case progress
}
