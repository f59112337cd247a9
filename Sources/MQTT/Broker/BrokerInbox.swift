// SPDX-License-Identifier: GPL-3.0-or-later

/// What came from a broker and has not been taken yet.
struct BrokerInbox: Sendable {
    /// The most messages that may wait, and the bytes of their payloads beyond which no more are kept.
    static let mostMessages = 64
    static let mostBytes = 512 * 1_024

    private var events: [BrokerLink.Event] = []
    private var messages = 0
    private var bytes = 0
    private var lost = 0

    /// Adds a message, or drops it if too many wait.
    mutating func add(_ message: IncomingMessage) {
        guard messages < Self.mostMessages, bytes < Self.mostBytes else {
            lost += 1
            return
        }
        messages += 1
        bytes += message.payload.count
        events.append(.message(message))
    }

    /// Adds an event of the connection.
    mutating func add(_ event: BrokerLink.Event) {
        events.append(event)
    }

    /// - Returns: the oldest event; once there are none, how many messages were dropped.
    mutating func take() -> BrokerLink.Event? {
        guard !events.isEmpty else {
            defer { lost = 0 }
            return lost > 0 ? .messagesLost(lost) : nil
        }
        let event = events.removeFirst()
        if case .message(let message) = event {
            messages -= 1
            bytes -= message.payload.count
        }
        return event
    }
}
