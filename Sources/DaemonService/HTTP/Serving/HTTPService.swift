// SPDX-License-Identifier: GPL-3.0-or-later
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import Utterance

/// Serves the daemon's endpoints on any number of sockets.
package struct HTTPService: Sendable {
    private let backend: HTTPBackend
    private let rules: AccessRules
    private let logger: Logger

    package init(backend: HTTPBackend, rules: AccessRules, logger: Logger) {
        self.backend = backend
        self.rules = rules
        self.logger = logger
    }

    /// Serves until it is cancelled; then connections are closed, and requests in progress end.
    ///
    /// - Throws: errors of a socket that can't be served.
    package func run(on sockets: [ListeningSocket]) async throws {
        let responder = makeRouter().buildResponder()
        try await withThrowingTaskGroup { group in
            group.addTask { await backend.hub.sendHeartbeats(every: backend.limits.heartbeat, clock: backend.clock) }
            for socket in sockets {
                // Each has its own limit: clients that crowd the network socket don't block the unix socket.
                let server = SocketServer(connectionLimit: backend.limits.connections, logger: logger)
                let http = makeHTTP(responder, isLocal: socket.isLocal)
                group.addTask { [logger] in
                    try await server.run(on: socket) {
                        http.setup(channel: $0, logger: logger)
                    } serve: {
                        await http.handle(value: $0, logger: logger)
                    }
                }
            }
            // waitForAll() would throw only when all have ended.
            for try await _ in group {}
        }
    }

    private func makeHTTP(_ responder: RouterResponder<ServiceContext>, isLocal: Bool) -> HTTP1Channel {
        var decoding = HTTP1Channel.Configuration.DecoderConfiguration()
        decoding.maxHeaderListSize = backend.limits.header
        decoding.maxHeaderFieldSize = backend.limits.header
        decoding.maxHeaderFieldCount = 100
        let idleLimit = TimeAmount(backend.limits.idle)
        return HTTP1Channel(
            responder: { [logger] request, writer, channel in
                let context = ServiceContext(source: .init(channel: channel, isLocal: isLocal, logger: logger))
                try await responder.respond(to: request, context: context).send(by: writer)
            },
            configuration: .init(
                additionalChannelHandlers: [ConnectionKeeper(idleLimit: idleLimit), MalformedReplies()],
                httpDecoderConfiguration: decoding))
    }

    private func makeRouter() -> ServiceRouter {
        let router = ServiceRouter(context: ServiceContext.self)
        router.add(middleware: ErrorReplies())
        let logins = Logins(clock: backend.clock)
        router.add(
            middleware: Guard(
                rules: rules,
                rates: RateLimiter(perSecond: backend.limits.requestsPerSecond, clock: backend.clock),
                logins: logins))
        SpeakingEndpoints(backend: backend).add(to: router)
        ControlEndpoints(backend: backend).add(to: router)
        WatchingEndpoints(backend: backend).add(to: router)
        DescriptionEndpoint().add(to: router)
        OpenAIEndpoints(backend: backend).add(to: router)
        MCPEndpoint(backend: backend).add(to: router)
        if backend.offersOllama { OllamaEndpoints(backend: backend).add(to: router) }
        ChoiceEndpoints(backend: backend).add(to: router)
        LoginEndpoints(backend: backend, rules: rules, logins: logins).add(to: router)
        PageEndpoints().add(to: router)
        return router
    }
}
