// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore

/// A connection to a server that speaks a protocol other than HTTP. Dropping what it receives closes it.
package struct ByteStream: Sendable {
    private let channel: any Channel
    /// The bytes in the pieces in which they arrive, up to the end of the connection; the socket is read when they have
    /// been taken.
    package let received: HTTPBody

    /// Connects to a server. Cancelling the task ends the attempt.
    ///
    /// - Parameter limit: how long connecting may take, name resolution included.
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

    /// Begins to read; on the channel's event loop.
    private init(_ channel: any Channel) throws {
        let made = ReplyParts.makeSequence(
            backPressureStrategy: .init(lowWatermark: 1, highWatermark: 4), finishOnDeinit: true,
            delegate: ReplyReader(channel: channel))
        try channel.pipeline.syncOperations.addHandler(ByteHandler(made.source))
        self.channel = channel
        received = HTTPBody(parts: made.sequence, upload: nil)
    }

    /// Sends bytes. If the connection is closed, what is received tells.
    package func send(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }
}

/// Hands what arrives to the reader. What arrived before a connection broke is handed on before the fault is.
private final class ByteHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let parts: ReplyParts.Source
    private var isWanted = true

    init(_ parts: ReplyParts.Source) {
        self.parts = parts
    }

    func handlerAdded(context: ChannelHandlerContext) {
        context.read()
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is ReplyReader.ReadsOn else { return context.triggerUserOutboundEvent(event, promise: promise) }
        isWanted = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .stopProducing = parts.yield(unwrapInboundIn(data)) { isWanted = false }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isWanted { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        parts.finish(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        parts.finish()
    }
}
