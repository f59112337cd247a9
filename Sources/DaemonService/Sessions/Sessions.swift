// SPDX-License-Identifier: GPL-3.0-or-later
package import LanguageModel
package import Pipeline
package import Utterance

/// The conversations that the daemon keeps, each under its name; idle ones expire.
///
/// Time is passed in as an argument: nothing happens by itself.
package struct Sessions: Sendable, Equatable {
    /// How much is kept.
    package struct Bounds: Sendable, Equatable {
        /// The most sessions, at least 1; if there are more, the one that was idle the longest goes.
        package var sessions: Int
        /// A session expires when it was idle for this long.
        package var idle: Duration
        /// An empty conversation: its bounds are those of each session.
        package var conversation: Conversation

        package init(conversation: Conversation, sessions: Int = 64, idle: Duration = .seconds(3600)) {
            self.sessions = max(sessions, 1)
            self.idle = idle
            self.conversation = conversation
        }
    }

    /// One conversation.
    package struct Session: Sendable, Equatable {
        package internal(set) var name: String
        /// What the model is told of the conversation so far.
        package internal(set) var conversation: Conversation
        /// The persona that was asked last; `nil`: the settings' one.
        package internal(set) var persona: String?
        /// When it was asked last, or when its last answer ended.
        package internal(set) var lastUse: Moment
    }

    /// How many characters a name has.
    package static let nameLengths = 1...64

    private var bounds: Bounds
    private var sessions: [String: Session] = [:]

    package init(_ bounds: Bounds) {
        self.bounds = bounds
    }

    /// What the model is told before the session's next question; starts the session if there is none.
    ///
    /// - Throws: `Fault(.usage)` for an invalid name.
    package mutating func messages(of name: String, at now: Moment) throws(Fault) -> [ModelRequest.Message] {
        try Self.check(name)
        forgetIdle(at: now)
        use(name, at: now) { _ in }
        return sessions[name]?.conversation.messages ?? []
    }

    /// The persona for the session's next question, unless the question names one.
    package func persona(of name: String, at now: Moment) -> String? {
        session(named: name, at: now)?.persona
    }

    /// A question was taken. Starts the session if there is none; from now on its questions are for this persona.
    ///
    /// - Parameter name: passed ``check(_:)``.
    package mutating func ask(_ persona: String?, in name: String, at now: Moment) {
        forgetIdle(at: now)
        use(name, at: now) { $0.persona = persona }
    }

    /// Adds what was heard. The session counts as used until now, however long the answer took.
    ///
    /// - Parameter name: passed ``messages(of:at:)``.
    package mutating func add(_ exchange: Conversation.Exchange, to name: String, at now: Moment) {
        use(name, at: now) { $0.conversation.add(exchange) }
        forgetIdle(at: now)
    }

    /// The most recently used one first.
    package func list(at now: Moment) -> [Session] {
        sessions.values
            .filter { !isIdle($0, at: now) }
            .sorted { ($1.lastUse, $0.name) < ($0.lastUse, $1.name) }
    }

    /// - Returns: `nil` if there is no session of this name.
    package func session(named name: String, at now: Moment) -> Session? {
        sessions[name].flatMap { isIdle($0, at: now) ? nil : $0 }
    }

    /// What became of a new name for a session.
    package enum Renaming: Sendable {
        case renamed
        /// There is none of the old name.
        case unknown
        /// There is one of the new name.
        case taken
        /// It is in use under the old name.
        case busy
    }

    /// Gives a session another name.
    ///
    /// - Parameter busy: names that are in use now, and must stay.
    /// - Throws: `Fault(.usage)` if the name is invalid.
    mutating func rename(
        _ name: String, to newName: String, unless busy: Set<String>, at now: Moment
    ) throws(Fault) -> Renaming {
        try Self.check(newName)
        guard var session = session(named: name, at: now) else { return .unknown }
        guard name != newName else { return .renamed }
        guard self.session(named: newName, at: now) == nil else { return .taken }
        guard busy.isDisjoint(with: [name, newName]) else { return .busy }
        sessions[name] = nil
        session.name = newName
        sessions[newName] = session
        return .renamed
    }

    /// Forgets a session.
    ///
    /// - Returns: whether there was one of this name.
    @discardableResult
    package mutating func remove(_ name: String, at now: Moment) -> Bool {
        let session = sessions.removeValue(forKey: name)
        return session.map { !isIdle($0, at: now) } ?? false
    }

    /// Changes the bounds, also of existing sessions.
    package mutating func changeBounds(_ bounds: Bounds, at now: Moment) {
        self.bounds = bounds
        sessions = sessions.mapValues { session in
            var session = session
            session.conversation = conversation(of: session.conversation.exchanges)
            return session
        }
        forgetIdle(at: now)
        forgetSurplus(keeping: nil)
    }

    /// Restores a session after a restart, if its name is valid.
    mutating func restore(_ name: String, _ exchanges: [Conversation.Exchange], persona: String?, lastUse: Moment) {
        guard (try? Self.check(name)) != nil else { return }
        sessions[name] = Session(
            name: name, conversation: conversation(of: exchanges), persona: persona, lastUse: lastUse)
        forgetSurplus(keeping: nil)
    }

    /// - Throws: `Fault(.usage)`.
    package static func check(_ name: String) throws(Fault) {
        guard nameLengths.contains(name.count), name.printable == name, name.utf8.count <= nameLengths.upperBound * 4
        else {
            let lengths = "\(nameLengths.lowerBound) to \(nameLengths.upperBound)"
            throw Fault(.usage, "A session's name has \(lengths) characters, none of them a control character.")
        }
    }

    private func conversation(of exchanges: [Conversation.Exchange]) -> Conversation {
        var conversation = bounds.conversation
        for exchange in exchanges { conversation.add(exchange) }
        return conversation
    }

    /// Marks a session as used; starts it if there is none.
    private mutating func use(_ name: String, at now: Moment, _ change: (inout Session) -> Void) {
        var session =
            sessions[name] ?? Session(name: name, conversation: bounds.conversation, persona: nil, lastUse: now)
        session.lastUse = max(session.lastUse, now)
        change(&session)
        sessions[name] = session
        forgetSurplus(keeping: name)
    }

    private func isIdle(_ session: Session, at now: Moment) -> Bool {
        session.lastUse.duration(to: now) >= bounds.idle
    }

    private mutating func forgetIdle(at now: Moment) {
        sessions = sessions.filter { !isIdle($0.value, at: now) }
    }

    private mutating func forgetSurplus(keeping name: String?) {
        while sessions.count > bounds.sessions {
            let others = sessions.values.filter { $0.name != name }
            guard let oldest = others.min(by: { ($0.lastUse, $0.name) < ($1.lastUse, $1.name) }) else { return }
            sessions[oldest.name] = nil
        }
    }
}
