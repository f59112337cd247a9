// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix
import Synchronization
package import Utterance

/// A real HTTP server on 127.0.0.1 that does exactly what a test tells it to, faults first of all.
///
/// The script is called once for every connection, with its request, and writes raw bytes, so that a reply can be cut,
/// split or wrong anywhere. When it returns, the connection is closed with FIN. Time is the test's: nothing here sleeps.
///
///     try await FaultServer.run { request, connection in
///         try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
///         try await gate.opened()
///     } while: { server in
///         … server.url …
///     }
package final class FaultServer: Sendable {
    package typealias Script = @Sendable (Request, Connection) async throws -> Void

    package let port: Int
    package var url: String { "http://127.0.0.1:\(port)" }

    private let channel: any Channel
    private let log = Mutex(Log())

    private struct Log {
        var requests: [Request] = []
        var requestSignals: [Signal<Request>] = []
        var disconnects = 0
        var disconnectSignals: [Signal<Moment>] = []
    }

    private init(channel: any Channel) {
        self.channel = channel
        self.port = channel.localAddress?.port ?? 0
    }

    /// Serves `script` on a free port while `body` runs.
    ///
    /// - Parameter isAccepting: if false, connections stay in the kernel's backlog until ``accept()``: to the client they
    ///   look open.
    package static func run<Result: Sendable>(
        isAccepting: Bool = true, _ script: @escaping Script,
        while body: (FaultServer) async throws -> Result
    ) async throws -> Result {
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: isAccepting)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: "127.0.0.1", port: 0) { child in
                child.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: child)
                }
            }
        let server = FaultServer(channel: listener.channel)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve(listener, script) }
            defer { group.cancelAll() }
            return try await body(server)
        }
    }

    /// Lets in who waits in the backlog.
    package func accept() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// The requests so far, in the order in which they were complete.
    package var requests: [Request] { log.withLock(\.requests) }

    /// The request number `index`, from 0, as soon as it is complete.
    package func request(_ index: Int = 0) async throws -> Request {
        try await log.withLock { log in
            log.requestSignals.grow(toHold: index)
            return log.requestSignals[index]
        }.value
    }

    /// When the hang-up number `index`, from 0, of a client was seen, as soon as it is.
    package func disconnect(_ index: Int = 0) async throws -> Moment {
        try await log.withLock { log in
            log.disconnectSignals.grow(toHold: index)
            return log.disconnectSignals[index]
        }.value
    }

    private func serve(
        _ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>, _ script: @escaping Script
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections {
                    group.addTask { await self.serve(connection, script) }
                }
            }
        }
    }

    /// What goes wrong with a connection ends it and nothing else: clients that hang up are what the tests are about.
    private func serve(_ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ script: @escaping Script) async {
        try? await channel.executeThenClose { inbound, _ in
            let connection = Connection(channel: channel.channel)
            let arrived = Signal<Request>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.read(inbound, arrived) }
                group.addTask {
                    try await script(arrived.value, connection)
                    try await connection.cut()
                }
                defer { group.cancelAll() }
                try await group.next()
                try await group.next()
            }
        }
    }

    /// Reads the request, and then on until the client hangs up.
    private func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ arrived: Signal<Request>) async {
        var bytes: [UInt8] = []
        do {
            for try await part in inbound {
                bytes += part.readableBytesView
                if !arrived.isSet, let request = Request(bytes) {
                    note(request)
                    arrived.set(request)
                }
            }
        } catch {}  // a reset is a hang-up, too
        noteDisconnect(at: MonotonicClock().now)
    }

    private func note(_ request: Request) {
        log.withLock { log in
            log.requestSignals.grow(toHold: log.requests.count)
            log.requestSignals[log.requests.count].set(request)
            log.requests.append(request)
        }
    }

    private func noteDisconnect(at moment: Moment) {
        log.withLock { log in
            log.disconnectSignals.grow(toHold: log.disconnects)
            log.disconnectSignals[log.disconnects].set(moment)
            log.disconnects += 1
        }
    }
}

extension Array {
    fileprivate mutating func grow<Value>(toHold index: Int) where Element == Signal<Value> {
        while count <= index { append(Signal()) }
    }
}
