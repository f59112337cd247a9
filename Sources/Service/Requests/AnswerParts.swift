// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import LanguageModel
package import Pipeline
package import Speech

/// What answers are made of. The program makes it from its settings, and anew when they are read again.
package protocol AnswerParts: Sendable {
    /// Where the text of an answer comes from.
    ///
    /// - Parameter history: what was said before, the question left out.
    /// - Throws: `Fault(.usage)` for a persona, variable or option that is none.
    func source(for ask: AskRequest, history: [ModelRequest.Message]) throws -> Answer.Source

    /// Where the text of an answer comes from whose conversation the client keeps.
    func source(for chat: ChatRequest) throws -> Answer.Source

    /// Who is asked; `nil`: the demo.
    var modelServer: ModelServer? { get }

    /// How an answer is cut and sounds: the settings, the controls over them, and over both what the request says.
    ///
    /// - Parameter question: what is to be answered; `nil`: a text is read.
    /// - Throws: `Fault(.usage)` for a value that is out of range.
    func parameters(
        persona: String?, delivery: Delivery, controls: Controls, question: String?
    ) throws -> AnswerParameters

    /// The personas and the voices that a request may name.
    var personas: [String] { get }
    var voices: [Voice] { get }

    /// How many conversations are kept, and how much of each.
    var sessionBounds: Sessions.Bounds { get }
}

extension AnswerParts {
    /// How a text is read.
    package func parameters(persona: String?, delivery: Delivery, controls: Controls) throws -> AnswerParameters {
        try parameters(persona: persona, delivery: delivery, controls: controls, question: nil)
    }
}
