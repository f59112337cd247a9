// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives what Hummingbird says to bytes that are no HTTP, an empty 400, the JSON of every other error.
///
/// No request was there, so that no middleware sees it. Of the daemon's own replies none is empty and a 400.
final class MalformedReplies: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let body = APIError.invalid(
        "This is no HTTP/1.1 that can be read here; check the request line, and the header fields and their length."
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
