// SPDX-License-Identifier: GPL-3.0-or-later
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Utterance

/// HTTP as the project needs it, on AsyncHTTPClient: HTTP/1.1, nothing compressed, no redirects, no proxy but the one
/// given, and for every request a connection of its own.
///
/// That costs microseconds on a loopback, and no connection is ever stale: llama.cpp closes idle ones after 5 s, so that
/// a pool would hand out a dead one for nearly every spoken question.
struct HTTPTransport: Sendable {
    var proxy: ServerAddress?
    /// For those who ask without a clock of their own; and how long the system goes on trying after it was told not to.
    var connectLimit: Duration

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
        let lease = ClientLease(HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
        do {
            let response = try await lease.client.execute(message, deadline: .distantFuture)
            return HTTPReply(
                status: Int(response.status.code),
                contentType: response.headers.first(name: "Content-Type"),
                // No clock takes any number: a day stands for more.
                retryAfter: response.headers.first(name: "Retry-After").flatMap { Int($0) }
                    .map { .seconds(min(max($0, 0), 86_400)) },
                body: HTTPBody(parts: response.body, lease: lease))
        } catch {
            try Task.checkCancellation()
            throw ConnectionFailure(error)
        }
    }

    private var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy.map { .server(host: $0.host, port: $0.port) }
        configuration.timeout.connect = .nanoseconds(Int64(connectLimit.inSeconds * 1e9))
        configuration.timeout.read = nil
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

/// A client for one request, shut down when the reply is let go of.
///
/// A client that outlived its request would hand an attempt to connect that was given up to the next one: who asks again
/// after switching the server on would wait for an answer to packets that were sent before.
final class ClientLease: Sendable {
    let client: HTTPClient

    init(_ client: HTTPClient) {
        self.client = client
    }

    deinit {
        client.shutdown { _ in }
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
