// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import Logging
package import NIOCore
import NIOPosix
import Synchronization
import Utterance

/// Accepts connections and has them served. Hummingbird's own server can't adopt a socket that systemd opened.
package final class SocketServer: Sendable {
    private let connectionLimit: Int
    private let logger: Logger
    private let connections = Atomic(0)

    /// - Parameter connectionLimit: one more is closed at once.
    package init(connectionLimit: Int, logger: Logger) {
        self.connectionLimit = connectionLimit
        self.logger = logger
    }

    /// Serves the socket until it is cancelled, and closes it.
    ///
    /// - Parameters:
    ///   - setUp: makes a connection of an accepted channel, on its event loop.
    ///   - serve: serves a connection to its end. If it is cancelled, the connection is closed.
    /// - Throws: `Fault(.internalError)` if the socket fails for good; `CancellationError`.
    package func run<Connection: Sendable>(
        on socket: ListeningSocket, setUp: @escaping @Sendable (any Channel) -> EventLoopFuture<Connection>,
        serve: @escaping @Sendable (Connection) async -> Void
    ) async throws {
        defer { if let path = socket.path { unsafe unlink(path) } }
        var bootstrap = ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .serverChannelInitializer { [logger] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPauser(name: socket.name, logger: logger))
                }
            }
            // A client may close its sending half and still get an immediate reply.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
        if !socket.isLocal {
            // A client whose machine has vanished is noticed after two minutes.
            bootstrap =
                bootstrap
                .childChannelOption(.socketOption(.so_keepalive), value: 1)
                .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: 60)
                .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: 20)
                .childChannelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: 3)
        }
        let channel = try await bootstrap.bind(socket.descriptor) { channel in
            setUp(channel).map { AcceptedConnection($0, channel) }
        }
        try await withThrowingDiscardingTaskGroup { group in
            try await channel.executeThenClose { inbound in
                for try await connection in inbound {
                    group.addTask { await self.limited(connection, serve) }
                }
            }
            group.cancelAll()
        }
        try Task.checkCancellation()
        // A daemon that nobody can reach must not continue as if all were well.
        throw Fault(.internalError, "The socket \(socket.name) no longer accepts clients; restart the daemon.")
    }

    private func limited<Connection: Sendable>(
        _ connection: AcceptedConnection<Connection>, _ serve: (Connection) async -> Void
    ) async {
        let count = connections.add(1, ordering: .relaxed).newValue
        defer { connections.subtract(1, ordering: .relaxed) }
        guard count <= connectionLimit else {
            return logger.warning("A connection was rejected: there are \(connectionLimit) already.")
        }
        // Hummingbird would wait for a client that does not close.
        await withTaskCancellationHandler {
            await serve(connection.value)
        } onCancel: {
            connection.close()
        }
    }
}

/// A connection that is closed when nobody holds it any more, such as one that is accepted while the server ends.
private final class AcceptedConnection<Connection: Sendable>: Sendable {
    let value: Connection
    private let channel: any Channel

    init(_ value: Connection, _ channel: any Channel) {
        (self.value, self.channel) = (value, channel)
    }

    deinit {
        // NIO ends the process if this goes before its channel is closed.
        channel.closeFuture.whenComplete { [value] _ in withExtendedLifetime(value) {} }
        close()
    }

    func close() {
        channel.close(promise: nil)
    }
}
