// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// A question to a model: the conversation so far, and how to answer it.
package struct ModelRequest: Sendable, Hashable {
    /// A message of a conversation.
    package struct Message: Sendable, Hashable {
        package enum Role: String, Sendable, Hashable {
            case system, user, assistant
        }

        package var role: Role
        package var content: String

        package init(_ role: Role, _ content: String) {
            self.role = role
            self.content = content
        }
    }

    /// The model's name on its server.
    package var model: String
    package var messages: [Message]
    /// Passed to the server unchanged. ``ModelOptions`` converts text to values.
    package var options: [String: JSONValue]
    /// How long Ollama keeps the model loaded after the answer: seconds as a number, or a text such as `10m`, which
    /// needs a unit. `nil`: the server decides.
    package var keepAlive: JSONValue?
    /// `nil`: the server and the model decide.
    package var think: Think?

    package init(
        model: String, messages: [Message], options: [String: JSONValue] = [:],
        keepAlive: JSONValue? = nil, think: Think? = nil
    ) {
        self.model = model
        self.messages = messages
        self.options = options
        self.keepAlive = keepAlive
        self.think = think
    }
}
