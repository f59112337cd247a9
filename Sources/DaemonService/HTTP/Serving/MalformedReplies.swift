// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Adds the JSON of an error to Hummingbird's reply to bytes that are not HTTP, which is an empty 400.
///
/// There was no request, so that no middleware sees it. None of the daemon's own replies is an empty 400.
final class MalformedReplies: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let body = APIError.invalid(
        "This is not valid HTTP/1.1; check the request line, and the header fields and their length."
    ).body

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        head.headerFields[.contentLength] = "\(Self.body.readableBytes)"
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.cacheControl] = "no-store"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(Self.body)), promise: promise)
    }
}
