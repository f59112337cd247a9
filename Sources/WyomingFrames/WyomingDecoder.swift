// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Finds the events in the bytes of a connection, which may arrive in any portions.
package struct WyomingDecoder {
    /// The bytes are not an event of Wyoming, or the event is too long.
    package struct Malformed: Error, Equatable {
        package let reason: String
    }

    static let longestLine = 64 * 1024
    /// A list of 174 voices has 86 KB.
    static let longestData = 1024 * 1024
    static let longestPayload = 1024 * 1024

    private struct Header {
        var type: String
        var data: [String: JSONValue]
        var dataLength: Int
        var payloadLength: Int
    }

    private var buffer: [UInt8] = []
    /// How many bytes of the buffer were taken.
    private var taken = 0
    /// How many bytes of the buffer are known to contain no newline, apart from those that were taken.
    private var searched = 0
    private var header: Header?

    package init() {}

    package mutating func append(_ bytes: [UInt8]) {
        buffer.removeFirst(taken)
        searched = max(0, searched - taken)
        taken = 0
        buffer += bytes
    }

    /// Takes the next event; `nil` if it is not complete yet.
    ///
    /// - Throws: ``Malformed``; then the rest of the connection can't be read either.
    package mutating func next() throws -> WyomingEvent? {
        if header == nil { header = try nextHeader() }
        guard let header, buffer.count - taken >= header.dataLength + header.payloadLength else { return nil }
        let dataEnd = taken + header.dataLength
        let payloadEnd = dataEnd + header.payloadLength
        var event = WyomingEvent(header.type, header.data, payload: Array(buffer[dataEnd..<payloadEnd]))
        if header.dataLength > 0 {
            // The data after the line overrides the data in it.
            event.data.merge(try Self.members(of: Array(buffer[taken..<dataEnd]))) { $1 }
        }
        taken = payloadEnd
        searched = payloadEnd
        self.header = nil
        return event
    }

    private mutating func nextHeader() throws -> Header? {
        let newline = UInt8(ascii: "\n")
        guard let end = buffer[max(taken, searched)...].firstIndex(of: newline), end - taken <= Self.longestLine else {
            searched = buffer.count
            guard buffer.count - taken <= Self.longestLine else { throw Malformed(reason: "a line is too long") }
            return nil
        }
        let members = try Self.members(of: Array(buffer[taken..<end]))
        taken = end + 1
        guard let type = members["type"]?.text else { throw Malformed(reason: "an event has no type") }
        var data: [String: JSONValue] = [:]
        if case .object(let inLine)? = members["data"] { data = inLine }
        return Header(
            type: type, data: data,
            dataLength: try Self.length(members["data_length"], upTo: Self.longestData),
            payloadLength: try Self.length(members["payload_length"], upTo: Self.longestPayload))
    }

    private static func members(of bytes: [UInt8]) throws -> [String: JSONValue] {
        guard case .object(let members)? = try? JSON.object(bytes) else {
            throw Malformed(reason: "an event is not JSON")
        }
        return members
    }

    private static func length(_ value: JSONValue?, upTo limit: Int) throws -> Int {
        switch value {
        case nil, .null: return 0
        case .integer(let length) where (0...limit).contains(length): return length
        default: throw Malformed(reason: "an event has an invalid length")
        }
    }
}
