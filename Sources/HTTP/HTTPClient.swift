// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix

/// HTTP/1.1 as the project needs it: no compression, no redirects, no proxy but the one given, and a new connection for
/// every request.
///
/// That costs microseconds on loopback, and no connection is ever stale: llama.cpp closes idle ones after 5 s, so a
/// pool would return a dead one for nearly every spoken question.
package struct HTTPClient: Sendable {
    private let proxy: HTTPServer?
    private let connectLimit: Duration

    /// - Parameters:
    ///   - proxy: an HTTP proxy that every request goes through.
    ///   - connectLimit: how long connecting may take, including name resolution.
    package init(proxy: HTTPServer? = nil, connectLimit: Duration = .seconds(10)) {
        self.proxy = proxy
        self.connectLimit = connectLimit
    }

    /// Sends `request`, and returns once the head of the reply has arrived.
    ///
    /// Cancelling the task, or dropping the reply, closes the connection.
    ///
    /// - Parameter onConnected: called once the connection is established and the request is about to be sent.
    /// - Throws: ``ConnectionFailure``; `CancellationError`; the error of a streamed body.
    package func send(
        _ request: HTTPRequest, onConnected: @Sendable () -> Void = {}
    ) async throws -> HTTPReply {
        let attempt = ConnectionAttempt()
        return try await withTaskCancellationHandler {
            var upload: Upload?
            do {
                let (channel, reply) = try await connect(to: request.url.server, attempt)
                onConnected()
                upload = write(request, to: channel)
                let head = try await reply.head.value().get()
                return HTTPReply(
                    status: Int(head.status.code), contentType: head.headers.first(name: "Content-Type"),
                    retryAfter: head.retryAfter,
                    contentCoding: head.contentCoding, location: head.headers.first(name: "Location"),
                    body: HTTPBody(parts: reply.parts, upload: upload))
            } catch {
                attempt.cancel()
                try Task.checkCancellation()
                throw upload?.failure ?? ConnectionFailure(error)
            }
        } onCancel: {
            attempt.cancel()
        }
    }

    private func connect(to server: HTTPServer, _ attempt: ConnectionAttempt) async throws -> (any Channel, Reply) {
        try await attempt.connect(to: proxy ?? server, within: connectLimit) { channel in
            tunnel(through: channel, to: server)
                .flatMap { secure(channel, to: server) }
                .flatMapThrowing { (channel, try Reply.read(from: channel)) }
        }
    }

    /// Makes the proxy connect to a server that is reached over TLS.
    private func tunnel(through channel: any Channel, to server: HTTPServer) -> EventLoopFuture<Void> {
        guard proxy != nil, case .tcp(let host, let port, isSecure: true) = server else {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return channel.eventLoop.makeCompletedFuture { () throws -> EventLoopFuture<Void> in
            let done = channel.eventLoop.makePromise(of: Void.self)
            let encoder = HTTPRequestEncoder()
            let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes))
            let connector = NIOHTTP1ProxyConnectHandler(
                targetHost: host.contains(":") ? "[\(host)]" : host, targetPort: port,
                headers: ["Host": server.authority, "User-Agent": "utter"],
                deadline: .now() + .nanoseconds(Int64(connectLimit / .nanoseconds(1))), promise: done)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers([encoder, decoder, connector])
            try channel.syncOptions?.setOption(.autoRead, value: true)
            return done.futureResult.assumeIsolated().flatMap {
                channel.setOption(.autoRead, value: false)
                    .and(pipeline.removeHandler(encoder)).and(pipeline.removeHandler(decoder)).map { _ in }
            }.nonisolated()
        }.flatMap { $0 }
    }

    private func secure(_ channel: any Channel, to server: HTTPServer) -> EventLoopFuture<Void> {
        guard case .tcp(let host, _, isSecure: true) = server else {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return channel.eventLoop.makeCompletedFuture { () throws -> EventLoopFuture<Void> in
            let done = channel.eventLoop.makePromise(of: Void.self)
            let session = try TLSSession(host: host)
            try channel.pipeline.syncOperations.addHandler(TLSHandler(session, handshake: done))
            return done.futureResult
        }.flatMap { $0 }
    }

    private func write(_ request: HTTPRequest, to channel: any Channel) -> Upload? {
        var head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue),
            uri: target(request.url))
        head.headers.add(name: "Host", value: request.url.server.host)
        head.headers.add(name: "Connection", value: "close")
        head.headers.add(name: "Accept-Encoding", value: "identity")
        head.headers.add(name: "User-Agent", value: "utter")
        for (name, value) in request.headers { head.headers.add(name: name, value: value) }
        switch request.body {
        case .none: break
        case .bytes(let bytes, let type):
            head.headers.add(name: "Content-Type", value: type)
            head.headers.add(name: "Content-Length", value: String(bytes.count))
        case .stream(_, let type):
            head.headers.add(name: "Content-Type", value: type)
            head.headers.add(name: "Transfer-Encoding", value: "chunked")
        }
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        switch request.body {
        case .none: break
        case .bytes(let bytes, _):
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
        case .stream(let stream, _):
            channel.flush()
            return Upload(stream, to: channel)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return nil
    }

    /// A proxy needs the whole URL.
    private func target(_ url: HTTPURL) -> String {
        if proxy != nil, case .tcp(_, _, isSecure: false) = url.server { return url.description }
        return url.path
    }
}

extension HTTPResponseHead {
    fileprivate var contentCoding: String? {
        headers["Content-Encoding"].map { $0.lowercased() }.first { !$0.isEmpty && $0 != "identity" }
    }

    /// At most a day, since a clock can't represent every number.
    fileprivate var retryAfter: Duration? {
        headers.first(name: "Retry-After").flatMap { Int($0) }.map { .seconds(min(max($0, 0), 86_400)) }
    }
}

/// Limits the network threads to one event loop and one helper. Must be called before anything else uses the network.
///
/// NIO would start a loop per core; on a small board, the memory belongs to the model.
package func limitNetworkThreads() {
    NIOSingletons.groupLoopCountSuggestion = 1
    NIOSingletons.blockingPoolThreadCountSuggestion = 1
}
