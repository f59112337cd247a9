// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A question to a model: the conversation so far, and how to answer it.
package struct ModelRequest: Sendable, Hashable {
    /// One turn of a conversation.
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

    /// The model's name as its server knows it.
    package var model: String
    package var messages: [Message]
    /// Passed on to the server as they are; see ``ModelOptions`` for how text becomes values.
    package var options: [String: JSONValue]
    /// `nil` leaves it to the server.
    package var keepAlive: KeepAlive?
    /// `nil` leaves it to the server and the model.
    package var think: Think?

    package init(
        model: String, messages: [Message], options: [String: JSONValue] = [:],
        keepAlive: KeepAlive? = nil, think: Think? = nil
    ) {
        self.model = model
        self.messages = messages
        self.options = options
        self.keepAlive = keepAlive
        self.think = think
    }
}

/// Whether, or how hard, a model reasons before it answers.
package enum Think: Sendable, Hashable {
    case on
    case off
    /// `low`, `medium`, `high` or `max`.
    case level(String)

    /// - Parameter text: `true`, `false`, `on`, `off` or a level.
    /// - Throws: a `usage` fault for anything else.
    package init(_ text: String) throws {
        switch text.lowercased() {
        case "true", "on", "yes": self = .on
        case "false", "off", "no": self = .off
        case "low", "medium", "high", "max": self = .level(text.lowercased())
        default:
            throw Fault(.usage, "\"\(text)\" is no value for think: say on, off, low, medium, high or max.")
        }
    }
}

/// How long the server keeps the model in memory after an answer.
///
/// Ollama takes a number as seconds and a string as a duration with units, and answers 400 to the string `"-1"`, which
/// people write all the time; so a string that holds a plain number is sent as a number.
package struct KeepAlive: Sendable, Hashable {
    package let json: JSONValue

    /// - Parameter text: `300`, `-1` (for ever), `0` (unload at once), `10m`, `1h30m`, `500ms`.
    /// - Throws: a `usage` fault for anything else.
    package init(_ text: String) throws {
        if let seconds = Double(text), seconds.magnitude < 1e9 {
            json = Int(exactly: seconds).map { .integer($0) } ?? .number(seconds)
        } else if text.wholeMatch(of: /-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+/) != nil {
            json = .string(text)
        } else {
            throw Fault(
                .usage, "\"\(text)\" is no time to keep a model loaded: write seconds, or 10m, 1h30m, -1 (ever).")
        }
    }
}
