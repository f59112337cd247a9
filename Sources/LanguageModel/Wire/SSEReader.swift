// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// One server-sent event that has data.
struct ServerSentEvent: Sendable, Hashable {
    /// The values of its `data` fields. Joined by LF they are the data; hand-written gateways forget the blank line
    /// between two events, and then every line is data of its own.
    var lines: [[UInt8]] = []
    /// Whether it is named `error`, or its data came in a field of that name, as old llama.cpp sends it.
    var isError = false

    var data: [UInt8] { Array(lines.joined(separator: [0x0A])) }
}

/// Cuts bytes, however they arrive, into server-sent events (WHATWG HTML, "Server-sent events").
///
/// Two things are more lenient than the standard, since gateways are: an `error` field counts as data, and so does a
/// line that begins with `{`, which is the JSON of an error without its field name.
struct SSEReader: Sendable, Hashable {
    private var line: [UInt8] = []
    private var lastWasCR = false
    private var isFirstLine = true
    private var event = ServerSentEvent()
    private var eventSize = 0
    /// The first line that no server-sent event has: a web page's, perhaps.
    private(set) var foreignLine: [UInt8]?

    /// Hands every event that `bytes` complete to `take`.
    ///
    /// - Throws: a `modelProtocol` fault when an event grows beyond ``LineReader/longestLine``.
    mutating func read(_ bytes: [UInt8], _ take: (ServerSentEvent) -> Void) throws(Fault) {
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

    /// An event that nothing ended. The standard drops it; hand-written servers end the last one with one LF or none.
    mutating func takeRest() -> ServerSentEvent? {
        if !line.isEmpty { _ = endLine() }
        return endEvent()
    }

    private mutating func grow(by bytes: ArraySlice<UInt8>) throws(Fault) {
        eventSize += bytes.count
        guard eventSize <= LineReader.longestLine else {
            throw Fault(
                .modelProtocol,
                "The model server sent an event of more than 8 MB: is this address really a model server's?")
        }
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
            event.isError = true
            event.lines.append(Array(value))
        case "event": event.isError = String(decoding: value, as: UTF8.self) == "error"
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
