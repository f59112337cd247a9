// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import NIOCore
import NIOHTTP1

/// The chunks of a body as they arrived. After the last one comes the error that ended the connection, if there was
/// one.
typealias ReplyParts = NIOThrowingAsyncSequenceProducer<
    ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, ReplyReader
>

/// A reply being read from a connection.
struct Reply: Sendable {
    let head: Promise<Result<HTTPResponseHead, any Error>>
    let parts: ReplyParts

    /// Starts reading; must be called on the channel's event loop.
    static func read(from channel: any Channel) throws -> Reply {
        let head = Promise<Result<HTTPResponseHead, any Error>>()
        // Up to four reads are buffered, of at most 64 KiB each. A slow listener slows the server down; for one that
        // keeps up, the event loop doesn't have to be called.
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
            // Has no effect if there was a head.
            head.fulfill(.failure(end.error ?? ChannelError.eof))
            if let error = end.error { parts.finish(error) } else { parts.finish() }
        }
    }
}
