// SPDX-License-Identifier: GPL-3.0-or-later

/// A server-sent event that has data.
package struct ServerSentEvent: Sendable, Hashable {
    package var name = "message"
    /// The values of its `data` fields. Joined by LF, they are the event's data. Hand-written gateways forget the blank
    /// line between two events, and then every line is separate data.
    package var lines: [[UInt8]] = []

    package init() {}

    package var data: [UInt8] { Array(lines.joined(separator: [0x0A])) }

    /// Returns an event's bytes.
    ///
    /// - Parameter data: a single line, such as JSON.
    package static func bytes(id: String? = nil, name: String? = nil, data: some Sequence<UInt8>) -> [UInt8] {
        let fields = (id.map { "id: \($0)\n" } ?? "") + (name.map { "event: \($0)\n" } ?? "")
        return Array(fields.utf8) + Array("data: ".utf8) + data + [0x0A, 0x0A]
    }
}

/// Splits bytes, however they arrive, into server-sent events (WHATWG HTML, "Server-sent events").
///
/// It is more lenient than the standard in two ways: an `error` field, which old llama.cpp sends, counts as data of an
/// event of that name, and so does a line that begins with `{`, which is an error's JSON without a field name.
package struct SSEReader: Sendable, Hashable {
    /// An event exceeded the limit.
    package struct TooLong: Error {}

    private let limit: Int
    private var line: [UInt8] = []
    private var lastWasCR = false
    private var isFirstLine = true
    private var event = ServerSentEvent()
    private var eventSize = 0
    /// The first line that can't belong to a server-sent event, perhaps of a web page.
    package private(set) var foreignLine: [UInt8]?

    /// - Parameter limit: the most bytes of an event.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Calls `take` with every event that `bytes` complete.
    package mutating func read(_ bytes: [UInt8], _ take: (ServerSentEvent) -> Void) throws(TooLong) {
        var rest = bytes[...]
        while let first = rest.first {
            if lastWasCR, first == 0x0A {  // CR LF is one end, also when they arrive apart
                rest.removeFirst()
                lastWasCR = false
                continue
            }
            lastWasCR = false
            guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
                try grow(by: rest)
                return
            }
            try grow(by: rest[..<end])
            lastWasCR = rest[end] == 0x0D
            rest = rest[(end + 1)...]
            if let event = endLine() { take(event) }
        }
    }

    /// Returns the last event if nothing ended it. The standard drops it, but hand-written servers end the last event
    /// with a single LF or none.
    package mutating func takeRest() -> ServerSentEvent? {
        if !line.isEmpty { _ = endLine() }
        return endEvent()
    }

    private mutating func grow(by bytes: ArraySlice<UInt8>) throws(TooLong) {
        eventSize += bytes.count
        guard eventSize <= limit else { throw TooLong() }
        line += bytes
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        var field = line[...]
        if isFirstLine, field.starts(with: [0xEF, 0xBB, 0xBF]) { field = field.dropFirst(3) }
        isFirstLine = false
        if field.isEmpty { return endEvent() }
        read(field)
        return nil
    }

    private mutating func read(_ field: ArraySlice<UInt8>) {
        if field.first == UInt8(ascii: "{") {
            event.lines.append(Array(field))
            return
        }
        let name = field.prefix { $0 != UInt8(ascii: ":") }
        var value = field.dropFirst(name.count + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        switch String(decoding: name, as: UTF8.self) {
        case "data": event.lines.append(Array(value))
        case "error":
            event.name = "error"
            event.lines.append(Array(value))
        case "event": event.name = String(decoding: value, as: UTF8.self)
        case "", "id", "retry": break  // a comment has no name
        default: foreignLine = foreignLine ?? Array(field)
        }
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            event = ServerSentEvent()
            eventSize = 0
        }
        return event.lines.isEmpty ? nil : event
    }
}
