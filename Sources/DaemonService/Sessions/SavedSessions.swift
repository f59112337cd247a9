// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
package import Utterance

/// Sessions as they are saved in a file, with the wall clock's times: the monotonic clock restarts with the machine.
package struct SavedSessions: Sendable, Equatable, Codable {
    private struct Session: Equatable, Codable {
        var name: String
        var persona: String?
        /// Seconds since 1970.
        var lastUse: Double
        /// The oldest first.
        var exchanges: [Conversation.Exchange]

        enum CodingKeys: String, CodingKey {
            case name, persona, exchanges
            case lastUse = "last_use"
        }
    }

    private var sessions: [Session]

    /// Seconds; longer than any session is kept. The file may hold any number.
    private static let greatestAge = 1e10

    /// - Parameters:
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970.
    package init(_ sessions: Sessions, now: Moment, wall: Duration) {
        self.sessions = sessions.list(at: now).map { session in
            Session(
                name: session.name, persona: session.persona,
                lastUse: (wall - session.lastUse.duration(to: now)).inSeconds,
                exchanges: session.conversation.exchanges)
        }
    }

    /// Restores the sessions that have not expired meanwhile.
    ///
    /// - Parameters:
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970. A clock that was set back (a board without a battery) doesn't make sessions older.
    package func restore(into sessions: inout Sessions, now: Moment, wall: Duration) {
        for session in self.sessions.sorted(by: { $0.lastUse < $1.lastUse }) {
            let age = Duration.seconds(min(max(0, wall.inSeconds - session.lastUse), Self.greatestAge))
            // The file may hold a blank answer.
            let exchanges = session.exchanges.filter { !$0.answer.allSatisfy(\.isWhitespace) }
            sessions.restore(
                session.name, exchanges, persona: session.persona, lastUse: now.advanced(by: .zero - age))
        }
    }
}
