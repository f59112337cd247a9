// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import NIOCore
import NIOHTTP1

/// The pieces of a body as they arrived. After the last one comes the fault that ended the connection, if one did.
typealias ReplyParts = NIOThrowingAsyncSequenceProducer<
    ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, ReplyReader
>

/// A reply that is being read from a connection.
struct Reply: Sendable {
    let head: Promise<Result<HTTPResponseHead, any Error>>
    let parts: ReplyParts

    /// Begins to read; on the channel's event loop.
    static func read(from channel: any Channel) throws -> Reply {
        let head = Promise<Result<HTTPResponseHead, any Error>>()
        // Up to four reads wait, of 64 KiB at most. A listener that is slow slows the server; one that keeps up costs no
        // call to the event loop.
        let made = ReplyParts.makeSequence(
            backPressureStrategy: .init(lowWatermark: 1, highWatermark: 4), finishOnDeinit: true,
            delegate: ReplyReader(channel: channel))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
        try pipeline.addHandler(ReplyHandler(head: head, parts: made.source))
        return Reply(head: head, parts: made.sequence)
    }
}

/// Has the connection read on, or closes it, as the body's reader wants.
final class ReplyReader: NIOAsyncSequenceProducerDelegate {
    /// The body's reader has taken what waited.
    struct ReadsOn: Sendable {}

    private let channel: any Channel

    init(channel: any Channel) {
        self.channel = channel
    }

    func produceMore() {
        channel.triggerUserOutboundEvent(ReadsOn(), promise: nil)
    }

    func didTerminate() {
        channel.close(promise: nil)
    }
}

/// Hands a reply's parts to the body's reader. What arrived before a connection broke is handed on before the fault is.
private final class ReplyHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart

    private let head: Promise<Result<HTTPResponseHead, any Error>>
    private let parts: ReplyParts.Source
    private var isWanted = true
    private var isOver = false

    init(head: Promise<Result<HTTPResponseHead, any Error>>, parts: ReplyParts.Source) {
        self.head = head
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
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head.fulfill(.success(head))
        case .body(let bytes):
            if case .stopProducing = parts.yield(bytes) { isWanted = false }
        case .end:
            end()
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // What came may hold nothing for the reader: a part of a head, the frame of a chunk.
        if isWanted, !isOver { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(ChannelError.eof)
    }

    private func end(_ error: (any Error)? = nil) {
        guard !isOver else { return }
        isOver = true
        head.fulfill(.failure(error ?? ChannelError.eof))
        if let error { parts.finish(error) } else { parts.finish() }
    }
}
