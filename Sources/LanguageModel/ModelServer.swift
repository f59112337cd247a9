// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
package import Utterance

/// A model server that is reached over HTTP.
package struct ModelServer: Sendable {
    package struct Configuration: Sendable, Hashable {
        package var provider: Provider
        package var address: ServerAddress
        /// Sent only over https or to this machine. Blanks and line ends around it, as files have them, don't count.
        package var key: String?
        /// An HTTP proxy; never used to reach this machine.
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

    /// How long each kind of waiting may take. One limit for all of them would either cut a cold load, which takes
    /// minutes and is aborted by hanging up, or sit in front of a dead server.
    package struct Limits: Sendable, Hashable {
        /// Until the connection stands.
        package var connect: Duration
        /// From then until the first word or thought: queueing, loading and reading the question. `nil` for ever.
        package var firstToken: Duration?
        /// Between two signs of life of a running answer.
        package var idle: Duration
        /// How long a server that says that it is too busy is asked again.
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

    package init(_ configuration: Configuration, clock: any MomentClock = MonotonicClock()) {
        self.init(configuration, clock: clock, contexts: .shared)
    }

    init(_ configuration: Configuration, clock: any MomentClock, contexts: ContextLimits) {
        self.configuration = configuration
        self.clock = clock
        self.contexts = contexts
        self.client = HTTPClient(
            proxy: configuration.address.isLoopback ? nil : configuration.proxy?.server,
            connectLimit: configuration.limits.connect)
    }

    /// - Throws: a `usage` fault when a key would travel in the clear.
    func request(_ url: HTTPURL, posting body: [UInt8]? = nil) throws -> HTTPRequest {
        if configuration.key != nil, !configuration.address.isPrivate {
            throw Fault(
                .usage,
                "A key is sent only over https or to this machine, not to \(configuration.address): use https, or "
                    + "leave the key away.")
        }
        return HTTPRequest(
            body == nil ? .get : .post, url,
            headers: configuration.provider.dialect.headers(key: configuration.key),
            body: body.map { .bytes($0, type: "application/json") } ?? .none)
    }
}
