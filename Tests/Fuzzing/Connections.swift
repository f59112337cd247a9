// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

@testable import DaemonService

/// Bytes received on a connection to the daemon, passed through the handlers between its socket and its endpoints.
func fuzzConnection(_ bytes: [UInt8]) {
    checkSplit(bytes) { replies(to: $0) }
}

/// Everything that the client receives.
private func replies(to parts: [[UInt8]]) -> String {
    let channel = EmbeddedChannel()
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderListSize = 1024
    limits.maxHeaderFieldSize = 1024
    limits.maxHeaderFieldCount = 100
    do {
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try channel.pipeline.syncOperations.addHandler(ConnectionKeeper(idleLimit: .seconds(30)))
        try channel.pipeline.syncOperations.addHandler(MalformedReplies())
        try channel.pipeline.syncOperations.addHandler(Answers())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 8473)).wait()
    } catch {
        broken("the handlers can't be put together: \(error)")
    }
    for part in parts { _ = try? channel.writeInbound(ByteBuffer(bytes: part)) }
    // The client sends nothing more, so the handlers that wait for it give up.
    channel.embeddedEventLoop.advanceTime(by: .seconds(60))
    var read = ""
    while let buffer = try? channel.readOutbound(as: ByteBuffer.self) { read += String(buffer: buffer) }
    _ = try? channel.finish(acceptAlreadyClosed: true)
    return read
}

/// Answers each request, some before their body has arrived, and answers malformed ones as Hummingbird does.
private final class Answers: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private var isAnswered = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isAnswered = false
            if head.path == "/early" { answer(context, .ok) }
        case .body: break
        case .end: answer(context, .ok)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer(context, .badRequest)
        context.close(promise: nil)
    }

    private func answer(_ context: ChannelHandlerContext, _ status: HTTPResponse.Status) {
        guard !isAnswered else { return }
        isAnswered = true
        let head = HTTPResponse(status: status, headerFields: [.contentLength: "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
