// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import LanguageModel
package import Pipeline
package import Speech
package import Utterance

/// Makes answers. The program builds it from its settings, and again whenever they are read.
package protocol AnswerFactory: Sendable {
    /// The source of an answer's text.
    ///
    /// - Parameter history: the conversation so far, without the question.
    /// - Throws: `Fault(.usage)` for an invalid persona, variable or option.
    func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source

    /// The source of an answer's text where the client keeps the conversation.
    func source(for chat: ChatRequest) throws -> Answer.Source

    /// The servers in the order in which they are asked; empty: the demo.
    var modelServers: [ModelServer] { get }

    /// Whether the demo answers while no server can be reached.
    var demoMayAnswer: Bool { get }

    /// How an answer is cut and sounds: the request overrides the controls, and these the settings.
    ///
    /// - Parameter question: what is to be answered; `nil` when a text is read.
    /// - Throws: `Fault(.usage)` for a value out of range.
    func parameters(
        persona: String?, delivery: Delivery, controls: Controls, question: String?
    ) throws -> AnswerParameters

    /// When announcements are said, and how they begin.
    var announcements: AnnouncementRules { get }

    /// The personas and the voices that a request may name.
    var personas: [String] { get }
    /// The persona that answers where none is named.
    var usualPersona: String { get }
    var voices: [Voice] { get }

    /// How many conversations are kept, and how much of each.
    var sessionBounds: Sessions.Bounds { get }
}

extension AnswerFactory {
    package var announcements: AnnouncementRules { AnnouncementRules() }

    /// How a text is read.
    package func parameters(persona: String?, delivery: Delivery, controls: Controls) throws -> AnswerParameters {
        try parameters(persona: persona, delivery: delivery, controls: controls, question: nil)
    }
}

/// A question of a client that keeps the conversation itself, as clients of OpenAI's API do.
package struct ChatRequest: Sendable, Hashable {
    /// The whole conversation. Without a system message, the persona's prompt is put before it.
    package var messages: [ModelRequest.Message]
    /// `nil`: the model that answers the daemon's own questions.
    package var model: String?
    /// The model server's options; they override the persona's and the settings'.
    package var options: [String: JSONValue] = [:]

    /// The user's last message.
    package var prompt: String {
        messages.last { $0.role == .user }?.content ?? ""
    }
}
