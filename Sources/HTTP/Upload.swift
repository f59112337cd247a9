// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import NIOCore
import NIOHTTP1

/// A request body that is sent while the reply comes in. Both it and its task live as long as the reply's body.
final class Upload: Sendable {
    private let fault = Promise<any Error>()
    private let task: Task<Void, Never>

    /// The error that the stream threw.
    var failure: (any Error)? { fault.current }

    init(_ stream: AsyncThrowingStream<[UInt8], any Error>, to channel: any Channel) {
        task = Task { [fault] in
            do {
                for try await bytes in stream {
                    // If the connection is closed, the reply reports it.
                    guard (try? await Self.send(.body(.byteBuffer(ByteBuffer(bytes: bytes))), to: channel)) != nil
                    else {
                        return
                    }
                }
                try Task.checkCancellation()
                channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
            } catch {
                fault.fulfill(error)
                channel.close(promise: nil)
            }
        }
    }

    deinit {
        task.cancel()
    }

    private static func send(_ part: HTTPClientRequestPart, to channel: any Channel) async throws {
        try await channel.writeAndFlush(part).get()
    }
}
