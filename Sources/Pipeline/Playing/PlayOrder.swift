// SPDX-License-Identifier: GPL-3.0-or-later

/// Which queue is played, and what is to be done about the one that sounds: the ``Player``'s rules. Pure.
///
/// A queue is played in *sessions* of the output, from its opening to its drain or its drop. One that is cut is followed
/// by another, which begins with the first piece that was not heard to its end.
struct PlayOrder<Queue: Hashable & Sendable>: Hashable, Sendable {
    struct Session: Hashable, Sendable {
        let queue: Queue
        /// The output is paused.
        var isPaused = false
        /// It is to end now; what was not heard of it is for another session.
        var isCut = false
    }

    /// What is to be done with the output during a session.
    enum Order: Sendable, Hashable {
        case pause
        case resume
        case cut
    }

    /// The queue that may be heard.
    private(set) var current: Queue?
    /// Nothing is heard until it is resumed, whichever queue is current.
    private(set) var isPaused = false
    private(set) var session: Session?
    /// Queues with something to be heard.
    private var wanting: Set<Queue> = []

    // MARK: What happens

    mutating func select(_ queue: Queue?) {
        current = queue
        if let session, session.queue != queue { self.session?.isCut = true }
    }

    mutating func pause() { isPaused = true }

    mutating func resume() { isPaused = false }

    /// The queue has something to be heard.
    mutating func want(_ queue: Queue) {
        wanting.insert(queue)
    }

    /// What sounds of the queue ends; the rest goes on in another session.
    mutating func restart(_ queue: Queue) {
        if session?.queue == queue { session?.isCut = true }
    }

    /// Nothing of the queue is to be heard any more.
    mutating func leave(_ queue: Queue) {
        restart(queue)
        wanting.remove(queue)
        if current == queue { current = nil }
    }

    // MARK: What the player does

    /// Begins a session of the current queue, if there is anything to be heard.
    mutating func begin() -> Queue? {
        guard session == nil, !isPaused, let current, wanting.contains(current) else { return nil }
        session = Session(queue: current)
        return current
    }

    /// What is due in the session.
    var order: Order? {
        guard let session else { return nil }
        if session.isCut { return .cut }
        return session.isPaused == isPaused ? nil : isPaused ? .pause : .resume
    }

    mutating func obeyed(_ order: Order) {
        session?.isPaused = order == .pause
    }

    /// - Parameter isOver: nothing more of the queue is to be heard.
    mutating func end(isOver: Bool) {
        if isOver, let session { wanting.remove(session.queue) }
        session = nil
    }

    // MARK: Where things stand

    /// The output does as is wanted.
    var pauseIsKept: Bool { session.map { $0.isPaused == isPaused } ?? true }

    /// The listener could be hearing the queue now.
    func isOpen(_ queue: Queue) -> Bool { current == queue && !isPaused }

    /// Whether the queue is held up by a pause; `nil` while it waits for others.
    func isPaused(_ queue: Queue) -> Bool? {
        if let session, session.queue == queue { return session.isPaused }
        return current == queue ? isPaused : nil
    }
}
