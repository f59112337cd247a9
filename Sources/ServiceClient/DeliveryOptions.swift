// SPDX-License-Identifier: GPL-3.0-or-later

/// How an answer is to be spoken; what is `nil` the daemon decides.
package struct DeliveryOptions: Sendable, Hashable, Encodable {
    /// What happens while something else is being said.
    package enum Policy: String, Sendable, Hashable, Encodable, CaseIterable {
        /// That stops.
        case interrupt
        /// It waits until that was heard.
        case queue
        /// The request is refused.
        case reject
    }

    package enum Priority: String, Sendable, Hashable, Encodable, CaseIterable {
        /// Nothing interrupts it.
        case important
        case normal
        /// Dropped when anything else is said.
        case progress
    }

    package var policy: Policy?
    package var priority: Priority?
    /// A voice's name.
    package var voice: String?
    /// Words per minute.
    package var rate: Int?
    /// `false`: the text is wanted, not the sound.
    package var speak: Bool?
    /// It goes on when the client hangs up.
    var detach: Bool?

    package init() {}

    /// The same as the query of a URL, with its `?`; empty if nothing is given.
    var query: String {
        let fields = [
            ("policy", policy?.rawValue), ("priority", priority?.rawValue), ("voice", voice),
            ("rate", rate.map(String.init)), ("speak", speak.map(String.init)),
        ]
        let given = fields.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
        return given.isEmpty ? "" : "?" + given.joined(separator: "&")
    }
}
