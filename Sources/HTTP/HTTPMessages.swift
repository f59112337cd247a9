// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore

/// A request to a server.
package struct HTTPRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    package enum Body: Sendable {
        case none
        case bytes([UInt8], type: String)
        /// Sent as it arrives, for as long as the reply is wanted. An error that it throws is thrown by the reply's
        /// body.
        case stream(AsyncThrowingStream<[UInt8], any Error>, type: String)
    }

    package var method: Method
    package var url: HTTPURL
    /// Names and values; `Host`, `User-Agent` and the fields that describe the body are added.
    package var headers: [(String, String)]
    package var body: Body

    package init(
        _ method: Method = .get, _ url: HTTPURL, headers: [(String, String)] = [], body: Body = .none
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// The head of a reply, and its body as it arrives. Dropping the body closes the connection.
package struct HTTPReply: Sendable {
    package let status: Int
    package let contentType: String?
    /// How long to wait before trying again, if the server says so. (It may be a date instead, but nobody sends one.)
    package let retryAfter: Duration?
    /// How the body is compressed, such as `gzip`; `nil` if it isn't.
    package let contentCoding: String?
    /// The target of a redirect.
    package let location: String?
    package let body: HTTPBody
}

/// The bytes of a reply, in the chunks in which they arrive. The socket is only read when they have been taken.
package struct HTTPBody: AsyncSequence, Sendable {
    let parts: ReplyParts
    let upload: Upload?

    package struct AsyncIterator: AsyncIteratorProtocol {
        let parts: ReplyParts.AsyncIterator
        let upload: Upload?

        /// - Throws: `CancellationError`; ``ConnectionFailure`` if the body is cut off, after all bytes that had
        ///   arrived; the error of a streamed request body.
        package func next() async throws -> [UInt8]? {
            do {
                if let part = try await parts.next() { return Array(part.readableBytesView) }
            } catch {
                try Task.checkCancellation()
                throw upload?.failure ?? ConnectionFailure(error)
            }
            try Task.checkCancellation()
            return nil
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: parts.makeAsyncIterator(), upload: upload)
    }

    /// Reads the body to its end, or to `limit` bytes.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in self {
            bytes += part.prefix(limit - bytes.count)
            if bytes.count == limit { break }
        }
        return bytes
    }
}
