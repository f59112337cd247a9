// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
package import Utterance

/// Sessions as they stand in a file. Ages are kept by the wall clock, since the monotonic one starts anew with the
/// machine.
package struct SavedSessions: Sendable, Equatable, Codable {
    private struct Session: Equatable, Codable {
        var name: String
        var persona: String?
        /// Seconds since 1970.
        var lastUse: Double
        /// The oldest first.
        var exchanges: [Exchange]

        enum CodingKeys: String, CodingKey {
            case name, persona, exchanges
            case lastUse = "last_use"
        }
    }

    private struct Exchange: Equatable, Codable {
        var question: String
        var answer: String
        var interrupted: Bool
    }

    private var sessions: [Session]

    /// Seconds; no session is kept for so long, and a file may hold any number.
    private static let greatestAge = 1e10

    /// - Parameters:
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970.
    package init(_ sessions: Sessions, now: Moment, wall: Duration) {
        self.sessions = sessions.list(at: now).map { session in
            Session(
                name: session.name, persona: session.persona,
                lastUse: (wall - session.lastUse.duration(to: now)).inSeconds,
                exchanges: session.conversation.exchanges.map {
                    Exchange(question: $0.question, answer: $0.answer, interrupted: $0.isInterrupted)
                })
        }
    }

    /// Puts the sessions back that were not idle for too long meanwhile.
    ///
    /// - Parameters:
    ///   - now: the moment of which `wall` is the time.
    ///   - wall: since 1970. A clock that was set back (a board without a battery) makes nothing older.
    package func restore(into sessions: inout Sessions, now: Moment, wall: Duration) {
        for session in self.sessions.sorted(by: { $0.lastUse < $1.lastUse }) {
            let age = Duration.seconds(min(max(0, wall.inSeconds - session.lastUse), Self.greatestAge))
            let exchanges = session.exchanges.compactMap {
                Conversation.Exchange(question: $0.question, answer: $0.answer, isInterrupted: $0.interrupted)
            }
            sessions.restore(
                session.name, exchanges, persona: session.persona, lastUse: now.advanced(by: .zero - age))
        }
    }
}
