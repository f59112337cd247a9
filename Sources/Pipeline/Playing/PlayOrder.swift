// SPDX-License-Identifier: GPL-3.0-or-later

/// Which queue is played, and what to do with the output: the ``Player``'s rules. Pure.
///
/// A queue is played in *sessions* of the output, each from opening it to drain or drop. After a session that was cut,
/// the next one begins with the first piece that was not heard to its end.
struct PlayOrder<Queue: Hashable & Sendable>: Hashable, Sendable {
    struct Session: Hashable, Sendable {
        let queue: Queue
        /// Whether the output is paused.
        var isPaused = false
        /// Whether it must end now; unheard pieces are left for another session.
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
    /// Whether nothing is heard until ``resume()``, whichever queue is current.
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

    /// Records that the queue has something to be heard.
    mutating func want(_ queue: Queue) {
        wanting.insert(queue)
    }

    /// Cuts the queue's session, so that a new one continues.
    mutating func restart(_ queue: Queue) {
        if session?.queue == queue { session?.isCut = true }
    }

    /// Removes the queue: nothing more of it is to be heard.
    mutating func leave(_ queue: Queue) {
        restart(queue)
        wanting.remove(queue)
        if current == queue { current = nil }
    }

    // MARK: Player side

    /// Begins a session of the current queue, if there is anything to be heard.
    mutating func begin() -> Queue? {
        guard session == nil, !isPaused, let current, wanting.contains(current) else { return nil }
        session = Session(queue: current)
        return current
    }

    /// The order that is due in the session.
    var order: Order? {
        guard let session else { return nil }
        if session.isCut { return .cut }
        return session.isPaused == isPaused ? nil : isPaused ? .pause : .resume
    }

    mutating func done(_ order: Order) {
        session?.isPaused = order == .pause
    }

    /// - Parameter isOver: whether nothing more of the queue is to be heard.
    mutating func end(isOver: Bool) {
        if isOver, let session { wanting.remove(session.queue) }
        session = nil
    }

    // MARK: State

    /// Whether the output is paused or running as requested.
    var pauseIsKept: Bool { session.map { $0.isPaused == isPaused } ?? true }

    /// Whether the listener could hear the queue now.
    func isOpen(_ queue: Queue) -> Bool { current == queue && !isPaused }

    /// Whether the queue is paused; `nil` while it waits for other queues.
    func isPaused(_ queue: Queue) -> Bool? {
        if let session, session.queue == queue { return session.isPaused }
        return current == queue ? isPaused : nil
    }
}
