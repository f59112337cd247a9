// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import NIOCore
import NIOPosix
import Synchronization

/// The connections being tried: a host may have several addresses.
final class ConnectionAttempt: Sendable {
    private let channels = Mutex<[any Channel]?>([])

    /// Connects, and returns what `prepare` makes of the connection. Nothing is read until it is requested.
    ///
    /// - Parameter limit: how long connecting may take, including name resolution.
    func connect<Result: Sendable>(
        to server: HTTPServer, within limit: Duration,
        _ prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Result>
    ) async throws -> Result {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.nanoseconds(Int64(limit / .nanoseconds(1))))
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.add(channel) }
            }
        let connecting =
            switch server {
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            case .tcp(let host, let port, _): connect(bootstrap, to: host, port: port)
            }
        // A future can't be cancelled, and name resolution may take long: a caller that gives up must not wait for it.
        let connected = Promise<Swift.Result<Result, any Error>>()
        connecting.flatMap(prepare).whenComplete { connected.fulfill($0) }
        return try await connected.value().get()
    }

    /// Connects. A numeric address needs no name resolution, which would take a thread.
    private func connect(
        _ bootstrap: ClientBootstrap, to host: String, port: Int
    ) -> EventLoopFuture<any Channel> {
        guard let address = try? SocketAddress(ipAddress: host, port: port) else {
            return bootstrap.connect(host: host, port: port)
        }
        return bootstrap.connect(to: address)
    }

    private func add(_ channel: any Channel) throws {
        let isWanted = channels.withLock { channels in
            channels?.append(channel)
            return channels != nil
        }
        if !isWanted { throw CancellationError() }
    }

    func cancel() {
        let channels = channels.withLock { channels in
            defer { channels = nil }
            return channels
        }
        for channel in channels ?? [] { channel.close(promise: nil) }
    }
}
