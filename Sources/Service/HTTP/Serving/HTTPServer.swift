// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Takes connections, and lets Hummingbird's HTTP/1 talk on them. Hummingbird's own server can't adopt a socket that
/// systemd opened.
final class HTTPServer: Sendable {
    private let http: HTTP1Channel
    private let mostConnections: Int
    private let logger: Logger
    private let connections = Atomic(0)

    /// - Parameter mostConnections: one more is closed at once.
    init(http: HTTP1Channel, mostConnections: Int, logger: Logger) {
        self.http = http
        self.mostConnections = mostConnections
        self.logger = logger
    }

    /// Serves the socket until it is cancelled, and closes it.
    func run(on socket: ListeningSocket) async throws {
        defer { if let path = socket.path { unsafe unlink(path) } }
        let channel = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            // A client may close its sending half and still wait for the answer's end.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(socket.descriptor) { [http, logger] channel in http.setup(channel: channel, logger: logger) }
        try await withThrowingDiscardingTaskGroup { group in
            try await channel.executeThenClose { inbound in
                for try await connection in inbound {
                    group.addTask { await self.serve(connection) }
                }
            }
            group.cancelAll()
        }
    }

    private func serve(_ connection: HTTP1Channel.Value) async {
        let count = connections.add(1, ordering: .relaxed).newValue
        defer { connections.subtract(1, ordering: .relaxed) }
        guard count <= mostConnections else {
            logger.warning("A connection was refused: there are \(mostConnections) already.")
            try? await connection.executeThenClose { _, _ in }
            return
        }
        await http.handle(value: connection, logger: logger)
    }
}
