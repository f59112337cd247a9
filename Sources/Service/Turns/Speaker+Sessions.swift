// SPDX-License-Identifier: GPL-3.0-or-later

extension Speaker {
    /// The conversations, the last used one first.
    package var listedSessions: [Sessions.Session] {
        sessions.list(at: clock.now)
    }

    /// - Returns: `nil` if there is none of this name.
    package func session(named name: String) -> Sessions.Session? {
        sessions.session(named: name, at: clock.now)
    }

    /// Forgets a conversation, what is being answered in it included.
    ///
    /// - Returns: whether there was one of this name.
    package func removeSession(_ name: String) -> Bool {
        forgotten.formUnion(runs.values.filter { $0.session == name }.map(\.id))
        return sessions.remove(name, at: clock.now)
    }
}
