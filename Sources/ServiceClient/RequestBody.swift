// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// What a request carries.
enum RequestBody: Sendable {
    case none
    case json([UInt8])
    /// Text as it comes.
    case text(AsyncThrowingStream<[UInt8], any Error>)

    static func encoding(_ value: some Encodable) throws -> RequestBody {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .json(Array(try encoder.encode(value)))
    }

    func add(to request: inout HTTPClientRequest) {
        switch self {
        case .none: break
        case .json(let bytes):
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(bytes)
        case .text(let stream):
            request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
            request.body = .stream(stream.map { ByteBuffer(bytes: $0) }, length: .unknown)
        }
    }
}
