// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Response {
    /// Sends head and body. If the client has gone before the head, a streamed body is started nevertheless, and fails at
    /// its first write: its producer may have an answer to stop.
    func send(by writer: consuming ResponseWriter) async throws {
        // A body that is complete is sent together with its head.
        guard body.contentLength == nil else { return try await writer.write(response: head, body: body) }
        let receiver: any ResponseBodyWriter
        do { receiver = try await writer.writeHead(head) } catch { receiver = Nobody(reason: error) }
        try await body.write(receiver)
    }
}

/// Stands in for a client that has gone.
private struct Nobody: ResponseBodyWriter {
    let reason: any Error

    func write(_ buffer: ByteBuffer) async throws { throw reason }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { throw reason }
}
