// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts bytes, however they arrive, into the server-sent events of the daemon (WHATWG HTML, "Server-sent events").
struct EventReader {
    /// One event that has data.
    struct Message: Sendable, Equatable {
        var name = "message"
        var data: [UInt8] = []
    }

    /// No event of the daemon's is so long.
    static let longest = 16 << 20

    /// An event grew beyond ``longest``.
    struct TooLong: Error {}

    private var line: [UInt8] = []
    private var message = Message()
    private var hasData = false

    /// The events that `bytes` complete.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [Message] {
        var messages: [Message] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                continue
            }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let message = endLine() { messages.append(message) }
        }
        guard line.count + message.data.count <= Self.longest else { throw TooLong() }
        return messages
    }

    private mutating func endLine() -> Message? {
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else {
            defer { (message, hasData) = (Message(), false) }
            return hasData ? message : nil
        }
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: name, as: UTF8.self) {
        case "event": message.name = String(decoding: value, as: UTF8.self)
        case "data":
            if hasData { message.data.append(UInt8(ascii: "\n")) }
            message.data += value
            hasData = true
        default: break  // comments have no name; ids and retries are for those who come back
        }
        return nil
    }
}
