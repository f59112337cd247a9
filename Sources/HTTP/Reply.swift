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
        try pipeline.addHandler(handler(head, made.source))
        return Reply(head: head, parts: made.sequence)
    }

    private static func handler(
        _ head: Promise<Result<HTTPResponseHead, any Error>>, _ parts: ReplyParts.Source
    ) -> PacedReadHandler<HTTPClientResponsePart> {
        PacedReadHandler { part in
            switch part {
            case .head(let received):
                head.fulfill(.success(received))
                return .more
            case .body(let bytes): return .init(parts.yield(bytes))
            case .end: return .last
            }
        } end: { end in
            // Without effect if there was a head.
            head.fulfill(.failure(end.error ?? ChannelError.eof))
            if let error = end.error { parts.finish(error) } else { parts.finish() }
        }
    }
}
