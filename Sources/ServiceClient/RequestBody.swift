// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTP

extension HTTPRequest.Body {
    static func json(_ value: some Encodable) throws -> HTTPRequest.Body {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .bytes(Array(try encoder.encode(value)), type: "application/json")
    }

    /// A JSON object without members.
    static let emptyJSON = HTTPRequest.Body.bytes(Array("{}".utf8), type: "application/json")

    /// Text as it comes.
    static func text(_ stream: AsyncThrowingStream<[UInt8], any Error>) -> HTTPRequest.Body {
        .stream(stream, type: "text/plain; charset=utf-8")
    }
}
