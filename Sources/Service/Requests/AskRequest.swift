// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A question to the model, whose answer is to be spoken.
package struct AskRequest: Sendable, Hashable {
    package var prompt: String
    /// The conversation it belongs to; it is begun if there is none of this name.
    package var session: String
    /// `nil`: the session's, or else the one in force.
    package var persona: String?
    /// Of the persona's template.
    package var variables: [String: String]
    /// The model server's, before the persona's and the settings'.
    package var options: [String: JSONValue]
    package var delivery: Delivery

    package init(
        prompt: String, session: String = "default", persona: String? = nil, variables: [String: String] = [:],
        options: [String: JSONValue] = [:], delivery: Delivery = Delivery(policy: .interrupt)
    ) {
        self.prompt = prompt
        self.session = session
        self.persona = persona
        self.variables = variables
        self.options = options
        self.delivery = delivery
    }
}
