// SPDX-License-Identifier: GPL-3.0-or-later

/// Which queue is played, and what to do with the output: the ``Player``'s rules. Pure.
///
/// A queue is played in *sessions* of the output, from opening it to drain or drop. After a session that was cut, another
/// one begins with the first piece that was not heard to its end.
struct PlayOrder<Queue: Hashable & Sendable>: Hashable, Sendable {
    struct Session: Hashable, Sendable {
        let queue: Queue
        /// The output is paused.
        var isPaused = false
        /// It ends now; unheard pieces are left to another session.
        var isCut = false
    }

    /// What to do with the output during a session.
    enum Order: Sendable, Hashable {
        case pause
        case resume
        case cut
    }

    /// The queue that may be heard.
    private(set) var current: Queue?
    /// Nothing is heard until ``resume()``, whichever queue is current.
    private(set) var isPaused = false
    private(set) var session: Session?
    /// Queues with something to be heard.
    private var wanting: Set<Queue> = []

    // MARK: Events

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

    /// Cuts the queue's session; another one continues.
    mutating func restart(_ queue: Queue) {
        if session?.queue == queue { session?.isCut = true }
    }

    /// Nothing more of the queue is to be heard.
    mutating func leave(_ queue: Queue) {
        restart(queue)
        wanting.remove(queue)
        if current == queue { current = nil }
    }

    // MARK: The player's side

    /// Begins a session of the current queue, if there is anything to be heard.
    mutating func begin() -> Queue? {
        guard session == nil, !isPaused, let current, wanting.contains(current) else { return nil }
        session = Session(queue: current)
        return current
    }

    /// The order due in the session.
    var order: Order? {
        guard let session else { return nil }
        if session.isCut { return .cut }
        return session.isPaused == isPaused ? nil : isPaused ? .pause : .resume
    }

    mutating func done(_ order: Order) {
        session?.isPaused = order == .pause
    }

    /// - Parameter isOver: nothing more of the queue is to be heard.
    mutating func end(isOver: Bool) {
        if isOver, let session { wanting.remove(session.queue) }
        session = nil
    }

    // MARK: State

    /// The output is paused or running as wanted.
    var pauseIsKept: Bool { session.map { $0.isPaused == isPaused } ?? true }

    /// Whether the listener could hear the queue now.
    func isOpen(_ queue: Queue) -> Bool { current == queue && !isPaused }

    /// Whether a pause holds the queue; `nil` while it waits for other queues.
    func isPaused(_ queue: Queue) -> Bool? {
        if let session, session.queue == queue { return session.isPaused }
        return current == queue ? isPaused : nil
    }
}
