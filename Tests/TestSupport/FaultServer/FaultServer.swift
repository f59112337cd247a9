// SPDX-License-Identifier: GPL-3.0-or-later
import NIOCore
import NIOPosix
import Synchronization
package import Utterance

/// A real HTTP server on 127.0.0.1, or on a unix socket, that does exactly what a test tells it to, above all faults.
///
/// The script is called once per connection, with its request, and writes raw bytes, so that a reply can be cut, split
/// or wrong anywhere. When it returns, the connection is closed with FIN. The test controls time: nothing here sleeps.
///
///     try await FaultServer.run { request, connection in
///         try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
///         try await gate.opened()
///     } while: { server in
///         … server.url …
///     }
package final class FaultServer: Sendable {
    package typealias Script = @Sendable (Request, Connection) async throws -> Void

    private struct Log {
        var requests: [Request] = []
        var requestSignals: [Int: Signal<Request>] = [:]
        /// By path; the empty path has the first of all.
        var disconnects: [String: Signal<Moment>] = [:]
    }

    private typealias Bind = @Sendable (_ port: Int) async throws -> any Channel

    private let bind: Bind
    /// `nil` while connections are refused.
    private let channel: Mutex<(any Channel)?>
    package let port: Int
    private let log: LogBook

    /// What was observed, shared with the handlers of the connections.
    fileprivate final class LogBook: Sendable {
        private let log = Mutex(Log())

        var requests: [Request] { log.withLock(\.requests) }

        func request(_ index: Int) -> Signal<Request> {
            log.withLock { $0.requestSignals.signal(index) }
        }

        func disconnect(on path: String) -> Signal<Moment> {
            log.withLock { $0.disconnects.signal(path) }
        }

        func note(_ request: Request) {
            log.withLock { log in
                log.requestSignals.signal(log.requests.count).set(request)
                log.requests.append(request)
            }
        }

        func noteDisconnect(on path: String?, at moment: Moment) {
            disconnect(on: "").set(moment)
            if let path { disconnect(on: path).set(moment) }
        }
    }

    private init(_ bind: @escaping Bind, port: Int, log: LogBook) async throws {
        let channel = try await bind(port)
        self.bind = bind
        self.channel = Mutex(channel)
        self.port = channel.localAddress?.port ?? 0
        self.log = log
    }

    /// Serves `script` while `body` runs.
    ///
    /// - Parameters:
    ///   - socket: the path of the unix socket to serve on; by default, TCP is used.
    ///   - host: the address to serve on otherwise.
    ///   - port: the TCP port; 0 for a free one.
    ///   - isAccepting: if `false`, connections stay in the kernel's backlog until ``accept()``: to the client they
    ///     look open.
    package static func run<Result: Sendable>(
        at socket: String? = nil, host: String = "127.0.0.1", port: Int = 0, isAccepting: Bool = true,
        _ script: @escaping Script,
        while body: (FaultServer) async throws -> Result
    ) async throws -> Result {
        let log = LogBook()
        let (connections, arrivals) = AsyncStream.makeStream(of: Connection.self)
        let bind: Bind = { port in
            let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.autoRead, value: isAccepting)
                .childChannelInitializer { child in
                    child.eventLoop.makeCompletedFuture {
                        let connection = Connection(channel: child)
                        try child.pipeline.syncOperations.addHandler(Reader(connection, log))
                        arrivals.yield(connection)
                    }
                }
            if let socket { return try await bootstrap.bind(unixDomainSocketPath: socket).get() }
            return
                try await bootstrap
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port).get()
        }
        let server = try await FaultServer(bind, port: port, log: log)
        let result: Swift.Result<Result, any Error> = await withTaskGroup { group in
            group.addTask { await serve(connections, script) }
            defer { group.cancelAll() }
            do { return .success(try await body(server)) } catch { return .failure(error) }
        }
        try await server.stopListening()
        return try result.get()
    }

    /// An error on a connection ends that connection and nothing else: clients that hang up are what the tests are
    /// about.
    private static func serve(_ connections: AsyncStream<Connection>, _ script: @escaping Script) async {
        await withDiscardingTaskGroup { group in
            for await connection in connections {
                group.addTask {
                    do {
                        try await script(connection.request.value, connection)
                        try await connection.cut()
                    } catch {
                        // The client has hung up, which its channel may not have noticed yet, or the test is over.
                        await connection.close()
                    }
                }
            }
            group.cancelAll()
        }
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Accepts the connections that wait in the backlog.
    package func accept() async throws {
        try await channel.withLock { $0 }?.setOption(.autoRead, value: true).get()
    }

    /// From now on, connections are refused; those that are open stay open.
    package func stopListening() async throws {
        try await channel.withLock { $0.take() }?.close().get()
    }

    /// Accepts connections again, at the same port, which should be a ``ReservedPort``.
    package func listenAgain() async throws {
        let next = try await bind(port)
        channel.withLock { $0 = next }
    }

    /// The requests so far, in the order in which they were complete.
    package var requests: [Request] { log.requests }

    /// The request number `index`, from 0, as soon as it is complete.
    package func request(_ index: Int = 0) async throws -> Request {
        try await log.request(index).value
    }

    /// When a client was first seen to hang up before the server did, as soon as that happens.
    ///
    /// - Parameter path: of the request; by default any.
    package func disconnect(on path: String = "") async throws -> Moment {
        try await log.disconnect(on: path).value
    }
}

/// Reads what a client sends: its request, and then on until it hangs up.
private final class Reader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: FaultServer.Connection
    private let log: FaultServer.LogBook
    private var bytes: [UInt8] = []
    private var request: FaultServer.Request?

    init(_ connection: FaultServer.Connection, _ log: FaultServer.LogBook) {
        self.connection = connection
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let received = unwrapInboundIn(data).readableBytesView
        guard request == nil else { return connection.add(Array(received)) }
        bytes += received
        guard let request = FaultServer.Request(bytes) else { return }
        self.request = request
        log.note(request)
        connection.request.set(request)
        if request.isChunked { connection.add(request.body) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.endBody()
        guard !connection.wasClosedHere.isSet else { return }
        log.noteDisconnect(on: request?.path, at: MonotonicClock().now)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)  // a reset is a hang-up, too
    }
}

extension Dictionary {
    fileprivate mutating func signal<Content>(_ key: Key) -> Signal<Content> where Value == Signal<Content> {
        if let signal = self[key] { return signal }
        let signal = Signal<Content>()
        self[key] = signal
        return signal
    }
}
