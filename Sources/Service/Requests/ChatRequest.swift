package import LanguageModel
// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A question of a client that keeps the conversation itself, as those of OpenAI's API do.
package struct ChatRequest: Sendable, Hashable {
    /// The whole conversation. Without a system message the persona's prompt is put before it.
    package var messages: [ModelRequest.Message]
    /// `nil`: the one that answers the daemon's own questions.
    package var model: String?
    /// The model server's, before the persona's and the settings'.
    package var options: [String: JSONValue]

    package init(messages: [ModelRequest.Message], model: String? = nil, options: [String: JSONValue] = [:]) {
        self.messages = messages
        self.model = model
        self.options = options
    }

    /// The last that the user said.
    package var prompt: String {
        messages.last { $0.role == .user }?.content ?? ""
    }
}
