// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore

/// A connection to a server that speaks a protocol other than HTTP. Dropping what it receives closes it.
package struct ByteStream: Sendable {
    private let channel: any Channel
    /// The bytes in the chunks in which they arrive, up to the end of the connection. The socket is only read when they
    /// have been taken.
    package let received: HTTPBody

    /// Connects to a server. Cancelling the task aborts the attempt.
    ///
    /// - Parameter limit: how long connecting may take, including name resolution.
    /// - Throws: ``ConnectionFailure``; `CancellationError`.
    package static func connect(to server: HTTPServer, within limit: Duration) async throws -> ByteStream {
        let attempt = ConnectionAttempt()
        return try await withTaskCancellationHandler {
            do {
                return try await attempt.connect(to: server, within: limit) { channel in
                    channel.eventLoop.makeCompletedFuture { try ByteStream(channel) }
                }
            } catch {
                attempt.cancel()
                try Task.checkCancellation()
                throw ConnectionFailure(error)
            }
        } onCancel: {
            attempt.cancel()
        }
    }

    /// Starts reading; must be called on the channel's event loop.
    private init(_ channel: any Channel) throws {
        let made = ReplyParts.makeSequence(
            backPressureStrategy: .init(lowWatermark: 1, highWatermark: 4), finishOnDeinit: true,
            delegate: ReplyReader(channel: channel))
        let parts = made.source
        let handler = PacedReadHandler<ByteBuffer> {
            .init(parts.yield($0))
        } end: {
            if case .failed(let error) = $0 { parts.finish(error) } else { parts.finish() }
        }
        try channel.pipeline.syncOperations.addHandler(handler)
        self.channel = channel
        received = HTTPBody(parts: made.sequence, upload: nil)
    }

    /// Sends bytes. If the connection is closed, reading ``received`` reports it.
    package func send(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
}
