// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
import Speech
package import Utterance

/// The conversations that the scheduler's answers belong to.
extension SpeechScheduler {
    func add(_ exchange: Conversation.Exchange, to session: String) {
        sessions.add(exchange, to: session, at: clock.now)
    }

    func history(of session: String) throws -> [ModelRequest.Message] {
        try sessions.messages(of: session, at: clock.now)
    }

    /// The conversations, the most recently used one first.
    package var listedSessions: [Sessions.Session] {
        sessions.list(at: clock.now)
    }

    /// - Returns: `nil` if there is no conversation of this name.
    package func session(named name: String) -> Sessions.Session? {
        sessions.session(named: name, at: clock.now)
    }

    /// Gives a conversation another name, unless an answer that is under way needs the old one.
    package func renameSession(_ name: String, to newName: String) throws(Fault) -> Sessions.Renaming {
        try sessions.rename(name, to: newName, unless: Set(runs.values.compactMap(\.session)), at: clock.now)
    }

    /// Deletes a conversation; what is being answered in it will not be added either.
    ///
    /// - Returns: whether there was one of this name.
    package func removeSession(_ name: String) -> Bool {
        forgotten.formUnion(runs.values.filter { $0.session == name }.map(\.id))
        return sessions.remove(name, at: clock.now)
    }
}

/// What a person may choose between, and who answers now.
package struct SchedulerChoices: Sendable, Hashable {
    /// By the names under which they speak, such as `en-us`.
    package var voices: [String]
    package var personas: [String]
    /// Who answers the next question of the usual conversation.
    package var persona: String
}

extension SpeechScheduler {
    package var choices: SchedulerChoices {
        let asked = sessions.persona(of: AskRequest.usualSession, at: clock.now)
        return SchedulerChoices(
            voices: answers.voices.map(\.shortName), personas: answers.personas, persona: asked ?? answers.usualPersona)
    }

    /// Has the next questions of a conversation answered by a persona, as if it had been asked.
    ///
    /// - Throws: `Fault(.usage)` for an invalid name of a conversation, or if there is no such persona.
    package func setPersona(_ name: String, of session: String) throws {
        try Sessions.check(session)
        guard answers.personas.contains(name) else {
            throw Fault(.usage, "There is no persona \(name).\(answers.personas.suggestion(for: name))")
        }
        sessions.ask(name, in: session, at: clock.now)
    }
}
