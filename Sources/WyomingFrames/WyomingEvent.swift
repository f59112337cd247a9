// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// An event of the Wyoming protocol: a line of JSON, optionally followed by more JSON and by bytes.
package struct WyomingEvent: Sendable, Equatable {
    package var type: String
    package var data: [String: JSONValue] = [:]
    package var payload: [UInt8] = []

    package init(_ type: String, _ data: [String: JSONValue] = [:], payload: [UInt8] = []) {
        self.type = type
        self.data = data
        self.payload = payload
    }

    /// The event as it is sent. The data follows the line, since servers accept no line of more than 64 KiB.
    package var bytes: [UInt8] {
        get throws {
            let data = data.isEmpty ? [] : try JSON.encode(JSONValue.object(data))
            var header: [String: JSONValue] = ["type": .string(type)]
            if !data.isEmpty { header["data_length"] = .integer(data.count) }
            if !payload.isEmpty { header["payload_length"] = .integer(payload.count) }
            return try JSON.encode(JSONValue.object(header)) + [UInt8(ascii: "\n")] + data + payload
        }
    }
}
