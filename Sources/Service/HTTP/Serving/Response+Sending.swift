// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Response {
    /// Sends head and body. If the head finds nobody any more, a body that is made while it is sent is begun all the
    /// same, and fails at its first word: whoever makes it has an answer to stop.
    func send(by writer: consuming ResponseWriter) async throws {
        // One that is there already goes out in one piece with its head.
        guard body.contentLength == nil else { return try await writer.write(response: head, body: body) }
        let receiver: any ResponseBodyWriter
        do { receiver = try await writer.writeHead(head) } catch { receiver = Nobody(reason: error) }
        try await body.write(receiver)
    }
}

/// Where a client was.
private struct Nobody: ResponseBodyWriter {
    let reason: any Error

    func write(_ buffer: ByteBuffer) async throws { throw reason }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { throw reason }
}
