// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import NIOCore

/// A request to a model server.
struct HTTPRequest: Sendable {
    var url: String
    /// JSON to POST; without one it is a GET.
    var body: [UInt8]?
    /// Sent as a bearer token; the caller has checked that the way is private.
    var key: String?
}

/// The head of a reply, and its body as it comes in. Letting go of the body closes the connection.
struct HTTPReply: Sendable {
    let status: Int
    let contentType: String?
    /// When to come back, in seconds, if the server says so. (It may be a date instead; nobody sends one.)
    let retryAfter: Duration?
    let body: HTTPBody
}

/// The bytes of a reply, in the pieces in which they arrive; what nobody asks for is not read from the socket.
struct HTTPBody: AsyncSequence, Sendable {
    let parts: HTTPClientResponse.Body
    let lease: ClientLease

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: HTTPClientResponse.Body.AsyncIterator
        let lease: ClientLease

        /// - Throws: `CancellationError`, or ``ConnectionFailure`` when the body is cut.
        mutating func next() async throws -> [UInt8]? {
            do {
                return try await parts.next().map { Array($0.readableBytesView) }
            } catch {
                try Task.checkCancellation()
                throw ConnectionFailure(error)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: parts.makeAsyncIterator(), lease: lease)
    }

    /// The whole body, of which `limit` bytes count.
    func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in self {
            bytes += part.prefix(limit - bytes.count)
            if bytes.count == limit { break }
        }
        return bytes
    }
}
