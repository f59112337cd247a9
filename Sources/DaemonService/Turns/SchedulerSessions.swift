// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Pipeline
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
