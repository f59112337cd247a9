// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
package import Utterance

/// A model server, reached over HTTP.
package struct ModelServer: Sendable {
    package struct Configuration: Sendable, Hashable {
        package var provider: Provider
        package var address: ServerAddress
        /// Only sent over https or to this machine. Without surrounding whitespace, which files often have.
        package var key: String?
        /// An HTTP proxy; never used for this machine.
        package var proxy: ServerAddress?
        package var limits: Limits

        package init(
            provider: Provider = .ollama, address: ServerAddress = .ollamaDefault, key: String? = nil,
            proxy: ServerAddress? = nil, limits: Limits = Limits()
        ) {
            self.provider = provider
            self.address = address
            self.key = key.map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
            self.proxy = proxy
            self.limits = limits
        }
    }

    /// Limits for each kind of waiting. A single limit would either interrupt a cold load, which takes minutes and is
    /// aborted by hanging up, or wait far too long for a dead server.
    package struct Limits: Sendable, Hashable {
        /// Until the connection is established.
        package var connect: Duration
        /// From then until the first word, or the first of the reasoning: queueing, loading and reading the question.
        /// `nil`: forever.
        package var firstToken: Duration?
        /// Between two parts of a running answer.
        package var idle: Duration
        /// How long to retry if the server says that it is busy.
        package var busy: Duration

        package init(
            connect: Duration = .seconds(5), firstToken: Duration? = .seconds(600), idle: Duration = .seconds(60),
            busy: Duration = .seconds(10)
        ) {
            self.connect = connect
            self.firstToken = firstToken
            self.idle = idle
            self.busy = busy
        }
    }

    package let configuration: Configuration
    let clock: any MomentClock
    let client: HTTPClient
    let contexts: ContextLimits
    let buffering: BufferingServers

    package init(_ configuration: Configuration, clock: any MomentClock = MonotonicClock()) {
        self.init(configuration, clock: clock, contexts: .shared)
    }

    init(
        _ configuration: Configuration, clock: any MomentClock, contexts: ContextLimits,
        buffering: BufferingServers = .shared
    ) {
        self.buffering = buffering
        self.configuration = configuration
        self.clock = clock
        self.contexts = contexts
        self.client = HTTPClient(
            proxy: configuration.address.isLoopback ? nil : configuration.proxy?.server,
            connectLimit: configuration.limits.connect)
    }

    /// - Throws: a `usage` fault if a key would be sent unencrypted.
    func request(_ url: HTTPURL, posting body: [UInt8]? = nil) throws -> HTTPRequest {
        if configuration.key != nil, !configuration.address.isPrivate {
            throw Fault(
                .usage,
                "A key is sent only over https or to this machine, not to \(configuration.address): use https, or "
                    + "leave out the key.")
        }
        return HTTPRequest(
            body == nil ? .get : .post, url,
            headers: configuration.provider.dialect.headers(key: configuration.key),
            body: body.map { .bytes($0, type: "application/json") } ?? .none)
    }
}

extension ModelServer {
    /// Streams one answer.
    ///
    /// Calls `deliver` with one event after another. While `deliver` waits, nothing more is read, so that a slow
    /// listener slows the server down. Cancelling the task closes the connection at once, which makes the server stop
    /// generating.
    ///
    /// - Returns: once the server has reported success; the end of the stream by itself is not success.
    /// - Throws: a `Fault`, after everything received before it was delivered; `CancellationError`; or the error of
    ///   `deliver`.
    package func answer(
        _ request: ModelRequest,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let mapper = FaultMapper(
            provider: configuration.provider, address: configuration.address, model: request.model)
        let arrival = ArrivalWatch(clock: clock)
        let address = configuration.address
        return try await receive(request, mapper) { [buffering] event in
            try await deliver(event)
            if arrival.isBuffered(after: event), buffering.insert(address) {
                try await deliver(.notice(mapper.buffers))
            }
        }
    }

    private func receive(
        _ request: ModelRequest, _ mapper: FaultMapper,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> ModelSummary {
        let reply = try await open(request, mapper, deliver: deliver)
        return try await AnswerReader(limits: configuration.limits, clock: clock)
            .receive(reply.body, with: configuration.provider.dialect.decoder(mapper: mapper), deliver: deliver)
    }

    /// Asks until a request succeeds, or until retrying is pointless.
    private func open(
        _ request: ModelRequest, _ mapper: FaultMapper,
        deliver: @escaping @Sendable (ModelEvent) async throws -> Void
    ) async throws -> HTTPReply {
        let dialect = configuration.provider.dialect
        let url = dialect.url(at: configuration.address)
        var opening = RequestAttempt(server: self, mapper: mapper)
        var recovery = RetryPolicy(mapper: mapper, limits: configuration.limits)
        var request = contexts.fitted(request, at: configuration.address)
        while true {
            let reply = try await opening.open(self.request(url, posting: dialect.body(for: request)), deliver: deliver)
            if let coding = reply.contentCoding { throw mapper.compressed(coding) }
            if reply.status == 200 { return reply }
            if (300..<400).contains(reply.status), let location = reply.location { throw mapper.redirected(location) }
            let serverError = try await serverError(of: reply)
            if serverError.isAboutContext,
                let shorter = contexts.shortened(request, after: serverError, at: configuration.address)
            {
                request = shorter.request
                if shorter.isFirst { try await deliver(.notice(mapper.forgets)) }
                continue
            }
            let step = recovery.step(
                after: serverError, retryAfter: reply.retryAfter, asksToThink: request.think != nil)
            switch step {
            case .giveUp: throw mapper.fault(serverError)
            case .withoutThink(let notice):
                request.think = nil
                try await deliver(.notice(notice))
            case .again(let pause, let notice):
                if let notice { try await deliver(.notice(notice)) }
                try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil)
            }
        }
    }

    /// Reads the error in an unsuccessful reply: up to 64 KB of its body, if that arrives within the connect limit.
    func serverError(of reply: HTTPReply) async throws -> ServerError {
        var body: [UInt8]?
        do {
            body = try await withLimit(configuration.limits.connect, clock: clock) {
                try await reply.body.collect(upTo: 65_536)
            }
        } catch is ConnectionFailure {}  // the status says enough
        return ServerError(status: reply.status, contentType: reply.contentType, body: body ?? [])
    }
}

extension ModelServer {
    /// Makes the server load the model and read what every question starts with, so that the first one is answered at
    /// once.
    ///
    /// - Parameter request: with the options of a real question, since others would make Ollama load the model again.
    ///   Its messages are those that all questions share, such as the system prompt.
    /// - Throws: the same as ``answer(_:deliver:)``. Cancelling it aborts the loading.
    package func preload(_ request: ModelRequest) async throws {
        let preparations = configuration.provider.dialect.preparations(for: request)
        // If there is nothing to prepare, at least check that the server accepts the key.
        if preparations.isEmpty { _ = try await installedModels() }
        for preparation in preparations { _ = try await answer(preparation) { _ in } }
    }
}

extension ModelServer {
    /// The longest body that is read as one document, in bytes.
    private static let longestDocument = 8 << 20

    /// Fetches the models that can be asked, in the server's order.
    ///
    /// - Throws: a `Fault`; `CancellationError`.
    package func installedModels() async throws -> [InstalledModel] {
        let list = configuration.provider.dialect.models(at: configuration.address)
        return try await document(request(list.url))[list.key]?.elements?.compactMap(InstalledModel.init) ?? []
    }

    /// Fetches the models in Ollama's memory; empty for other servers.
    package func loadedModels() async throws -> [LoadedModel] {
        try await ollama("/api/ps")?["models"]?.elements?.compactMap(LoadedModel.init) ?? []
    }

    /// Fetches Ollama's version, which may have a suffix: `0.33.0-rc2`; `nil` for other servers.
    package func version() async throws -> String? {
        try await ollama("/api/version")?["version"]?.text?.printable
    }

    /// Ollama's reply to a call; `nil` for other servers.
    private func ollama(_ call: String) async throws -> JSONValue? {
        guard configuration.provider.managesModels else { return nil }
        return try await document(request(configuration.address.ollama(call)))
    }

    /// Fetches one JSON object within the connect limit.
    ///
    /// - Throws: a `Fault`; `CancellationError`.
    private func document(_ request: HTTPRequest) async throws -> JSONValue {
        let mapper = FaultMapper(provider: configuration.provider, address: configuration.address, model: "")
        let document: (reply: HTTPReply, body: [UInt8])?
        do {
            document = try await withLimit(configuration.limits.connect, clock: clock) {
                let reply = try await client.send(request)
                return (reply, try await reply.body.collect(upTo: Self.longestDocument))
            }
        } catch let failure as ConnectionFailure {
            throw mapper.fault(failure)
        }
        guard let document else { throw mapper.connectTimeout(configuration.limits.connect) }
        guard document.reply.status == 200 else {
            throw mapper.fault(
                ServerError(
                    status: document.reply.status, contentType: document.reply.contentType, body: document.body))
        }
        guard let value = try? JSON.object(document.body) else {
            throw mapper.notJSON(document.body)
        }
        return value
    }
}
