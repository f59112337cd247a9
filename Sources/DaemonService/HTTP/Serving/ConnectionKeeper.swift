// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client is too slow in sending the head of a request, in sending the next request, or in
/// reading; and one that was answered before its request was complete, whose rest is not needed.
///
/// How long a body may take is up to its reader.
final class ConnectionKeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let idleLimit: TimeAmount
    /// Closing a connection with unread input resets it, and the client loses the reply. So the client may continue to
    /// send for this long, and is ignored.
    private static let lingering = TimeAmount.seconds(2)

    private var untilHead: Scheduled<Void>?
    private var untilRead: Scheduled<Void>?
    private var untilClosed: Scheduled<Void>?
    /// Requests whose reply is not complete; clients may pipeline requests.
    private var unanswered = 0
    /// The body of the last request is not complete.
    private var isBodyComing = false

    init(idleLimit: TimeAmount) {
        self.idleLimit = idleLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { awaitHead(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        awaitHead(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        for scheduled in [untilHead, untilRead, untilClosed] { scheduled?.cancel() }
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard untilClosed == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            untilHead?.cancel()
            untilHead = nil
            unanswered += 1
            isBodyComing = true
            // The client waits for this before it sends the body.
            if head.headerFields[.expect]?.lowercased() == "100-continue", unanswered == 1 {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .body: break
        case .end: isBodyComing = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isCut = isBodyComing && unanswered == 1
        switch unwrapOutboundIn(data) {
        case .head(var head) where isCut:
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            unanswered -= 1
            if isCut {
                closeLingering(context)
            } else if unanswered == 0 {
                awaitHead(context)
            }
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        untilRead?.cancel()
        untilRead = context.channel.isWritable ? nil : closing(context, in: idleLimit)
        context.fireChannelWritabilityChanged()
    }

    private func awaitHead(_ context: ChannelHandlerContext) {
        untilHead?.cancel()
        untilHead = closing(context, in: idleLimit)
    }

    private func closeLingering(_ context: ChannelHandlerContext) {
        untilClosed = closing(context, in: Self.lingering)
        context.flush()
        context.close(mode: .output, promise: nil)
    }

    private func closing(_ context: ChannelHandlerContext, in time: TimeAmount) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}
