// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore

/// Lets the connection read on, or closes it, as the reader demands.
final class ReplyReader: NIOAsyncSequenceProducerDelegate {
    /// The reader has taken everything that was waiting.
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

/// Passes what arrives to a reader, and reads from the socket only while the reader wants more. Everything that arrived
/// before a connection broke is passed on before the fault.
final class PacedReadHandler<Part>: ChannelDuplexHandler {
    typealias InboundIn = Part
    typealias OutboundIn = Never

    enum Demand {
        case more
        case enough
        /// Nothing follows: the connection is closed.
        case last

        init(_ result: ReplyParts.Source.YieldResult) {
            if case .stopProducing = result { self = .enough } else { self = .more }
        }
    }

    enum End {
        case complete
        /// The server closed the connection.
        case closed
        case failed(any Error)

        /// The error of a connection that should not have ended; `nil` if the reply was complete.
        var error: (any Error)? {
            switch self {
            case .complete: nil
            case .closed: ChannelError.eof
            case .failed(let error): error
            }
        }
    }

    private let take: (Part) -> Demand
    private let end: (End) -> Void
    private var isWanted = true
    private var isOver = false

    /// - Parameters:
    ///   - take: receives each part.
    ///   - end: called once, after the last part.
    init(take: @escaping (Part) -> Demand, end: @escaping (End) -> Void) {
        self.take = take
        self.end = end
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
        switch take(unwrapInboundIn(data)) {
        case .more: break
        case .enough: isWanted = false
        case .last:
            finish(.complete)
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // What arrived may contain nothing for the reader: a part of a head, or a chunk header.
        if isWanted, !isOver { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(.failed(error))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(.closed)
    }

    private func finish(_ end: End) {
        guard !isOver else { return }
        isOver = true
        self.end(end)
    }
}
