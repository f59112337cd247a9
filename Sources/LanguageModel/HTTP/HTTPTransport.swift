// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// HTTP as the project needs it, on AsyncHTTPClient: a connection for every request, HTTP/1.1, nothing compressed,
/// no redirects, no proxy but the one given.
///
/// A connection for every request costs microseconds on a loopback, and none is ever stale: llama.cpp closes idle ones
/// after 5 s, so that a pool would hand out a dead one for nearly every spoken question.
struct HTTPTransport: Sendable {
    private let client: HTTPClient

    /// AsyncHTTPClient's own limit for a connection, and so the longest that there is. It goes on connecting after the
    /// request was cancelled; the limits of an answer are kept by its own clock.
    static let longestConnect = Duration.seconds(10)

    /// One for each proxy, and one without; their threads are the program's, and they live as long as it does.
    private static let all = Mutex<[ServerAddress?: HTTPTransport]>([:])

    static func through(_ proxy: ServerAddress?) -> HTTPTransport {
        all.withLock { all in
            let transport = all[proxy] ?? HTTPTransport(proxy: proxy)
            all[proxy] = transport
            return transport
        }
    }

    private init(proxy: ServerAddress?) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy.map { .server(host: $0.host, port: $0.port) }
        configuration.timeout.connect = .seconds(Self.longestConnect.components.seconds)
        configuration.timeout.read = nil
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends `request` and returns when the head of the reply is there.
    ///
    /// Cancelling the task, or dropping the reply, closes the connection.
    ///
    /// - Parameter onConnected: called when the connection stands and the body is about to be sent; not without a body.
    /// - Throws: ``ConnectionFailure``, or `CancellationError`.
    func send(
        _ request: HTTPRequest, onConnected: @escaping @Sendable () -> Void = {}
    ) async throws -> HTTPReply {
        var message = HTTPClientRequest(url: request.url)
        message.method = request.body == nil ? .GET : .POST
        message.headers.add(name: "Connection", value: "close")
        message.headers.add(name: "Accept-Encoding", value: "identity")
        message.headers.add(name: "User-Agent", value: "utter")
        if let key = request.key {
            message.headers.add(name: "Authorization", value: "Bearer \(key)")
        }
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: "application/json")
            message.body = .stream(
                AnnouncedBody(bytes: ByteBuffer(bytes: body), onFirstDemand: onConnected),
                length: .known(Int64(body.count)))
        }
        do {
            let response = try await client.execute(message, deadline: .distantFuture)
            return HTTPReply(
                status: Int(response.status.code),
                contentType: response.headers.first(name: "Content-Type"),
                retryAfter: response.headers.first(name: "Retry-After").flatMap { Int($0) }.map { .seconds($0) },
                body: HTTPBody(parts: response.body))
        } catch {
            try Task.checkCancellation()
            throw ConnectionFailure(error)
        }
    }
}

/// A request body that tells when it is asked for: AsyncHTTPClient asks once the connection stands and the head is
/// sent, and has no other word for that moment.
private struct AnnouncedBody: AsyncSequence, Sendable {
    let bytes: ByteBuffer
    let onFirstDemand: @Sendable () -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        var bytes: ByteBuffer?
        let onFirstDemand: @Sendable () -> Void

        mutating func next() async -> ByteBuffer? {
            defer { bytes = nil }
            if bytes != nil { onFirstDemand() }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(bytes: bytes, onFirstDemand: onFirstDemand)
    }
}

/// Keeps the threads of the network to one event loop and one helper. Call it before anything else uses the network.
///
/// NIO would start a loop for every core; on a small board the memory belongs to the model.
package func limitNetworkThreads() {
    NIOSingletons.groupLoopCountSuggestion = 1
    NIOSingletons.blockingPoolThreadCountSuggestion = 1
}
