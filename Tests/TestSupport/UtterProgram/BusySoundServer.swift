// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import NIOCore
import NIOPosix

/// The server that ALSA's plug-in `shm` asks for a device: it replies that the device is taken.
///
/// So no card is needed to see what happens if one is busy.
package enum BusySoundServer {
    package static func run(at path: String, while body: () async throws -> Void) async throws {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture { try child.pipeline.syncOperations.addHandler(Refusal()) }
            }
            .bind(unixDomainSocketPath: path).get()
        try await body()
        try await listener.close()
    }

    private final class Refusal: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        /// Replies with `snd_client_open_answer_t`: a result, as `long`, and a number.
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var answer = ByteBuffer()
            answer.writeInteger(-Int64(EBUSY), endianness: .host)
            answer.writeInteger(Int64(0))
            context.writeAndFlush(NIOAny(answer), promise: nil)
        }
    }
}
