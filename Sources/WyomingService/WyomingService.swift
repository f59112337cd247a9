// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonService
package import Logging
import NIOCore
import Synchronization

/// Serves the Wyoming protocol, as Home Assistant speaks it, on sockets.
package struct WyomingService: Sendable {
    /// What a socket is for. Home Assistant uses nothing else of one with a satellite.
    package enum Role: Sendable, Hashable {
        /// Plays sound on the speaker.
        case satellite
        /// Sends back the sound of a text.
        case speech
        /// Answers questions in writing.
        case conversation
    }

    /// Home Assistant keeps one open to a satellite, and opens another for each request.
    private static let mostConnections = 32
    /// A connection that has been idle for this long is closed; Home Assistant pings a satellite every 2 s.
    private static let idleLimit = TimeAmount.minutes(10)

    private let backend: WyomingBackend
    private let rules: AccessRules
    private let logger: Logger
    private let refusals = Refusals()

    /// - Parameter rules: only their networks count, since the protocol has no token.
    package init(backend: WyomingBackend, rules: AccessRules, logger: Logger) {
        self.backend = backend
        self.rules = rules.withoutToken
        self.logger = logger
    }

    /// Serves a socket until it is cancelled.
    ///
    /// - Throws: `Fault(.internalError)` if the socket fails for good; `CancellationError`.
    package func run(_ roles: Set<Role>, on socket: ListeningSocket) async throws {
        let server = SocketServer(connectionLimit: Self.mostConnections, logger: logger)
        try await server.run(on: socket) { channel in
            channel.eventLoop.makeCompletedFuture { try Self.connection(channel) }
        } serve: { connection in
            guard isAllowed(connection.channel) else { return }
            await WyomingSession(backend: backend, roles: roles).serve(connection)
        }
    }

    private static func connection(_ channel: any Channel) throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try channel.pipeline.syncOperations.addHandlers(IdleStateHandler(allTimeout: idleLimit), IdleCloser())
        // Sound that a client sends ahead waits on its side.
        let waiting = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(lowWatermark: 1, highWatermark: 2)
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(backPressureStrategy: waiting))
    }

    private func isAllowed(_ channel: any Channel) -> Bool {
        guard let peer = channel.remoteAddress else { return false }
        if rules.allows(peer) { return true }
        if refusals.isNew(peer) {
            logger.warning(
                "A client of Wyoming was turned away; server.allowed_networks lets it in.",
                metadata: ["address": "\(peer.ipAddress ?? "unknown")"])
        }
        return false
    }
}

/// The addresses that were turned away; each is reported once.
private final class Refusals: Sendable {
    private static let most = 64
    private let addresses = Mutex<Set<String>>([])

    func isNew(_ peer: SocketAddress) -> Bool {
        addresses.withLock { $0.count < Self.most && $0.insert(peer.ipAddress ?? "").inserted }
    }
}

/// Closes an idle connection.
private final class IdleCloser: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
