// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonService
import LanguageModel
import Logging
import NIOCore
import TestSupport
import Testing
import Utterance

extension RequestLimits {
    /// With time for a test's client, which a busy machine may keep waiting between two requests.
    static var patient: RequestLimits {
        var limits = RequestLimits()
        limits.idle = .seconds(3_600)
        return limits
    }
}

/// The daemon's HTTP over a real TCP socket and a real unix socket, before a ``Stage``.
struct ServedStage: Sendable {
    let stage: Stage
    let clock: ManualClock
    let tcp: SocketAddress
    let unix: SocketAddress
    /// Ends the service before the test's end.
    let end: @Sendable () -> Void

    static func with(
        rules: AccessRules = AccessRules(), limits: RequestLimits = .patient, missing: String? = nil,
        eventLimit: Int = 4096, device: String? = nil,
        model: @escaping Stage.Model = { prompt, _, deliver in try await deliver(.text(prompt)) },
        announcements: AnnouncementRules = AnnouncementRules(),
        localTime: @escaping @Sendable () -> TimeOfDay = { .midnight },
        _ body: @escaping @Sendable (ServedStage) async throws -> Void
    ) async throws {
        let path = SoundWorld.shared.path("socket")
        let clock = ManualClock()
        try await Stage.with(
            device: device ?? "capture:\(SoundWorld.shared.path("speaker"))", hub: EventHub(eventLimit: eventLimit),
            model: model, announcements: announcements, localTime: localTime
        ) { stage in
            let backend = HTTPBackend(
                scheduler: stage.scheduler, hub: stage.hub, metrics: Metrics(),
                information: .init(
                    version: "1.2.3", model: { "tiny" }, missing: { missing.map { Notice("model_loading", $0) } }),
                limits: limits, clock: clock)
            let service = HTTPService(backend: backend, rules: rules, logger: Logger(label: "test"))
            let network = try ListeningSocket(address: SocketAddress(ipAddress: "127.0.0.1", port: 0))
            let ending = Promise<Void>()
            let served = ServedStage(
                stage: stage, clock: clock,
                tcp: try #require(SocketAddress(boundTo: network.descriptor)),
                unix: try SocketAddress(unixDomainSocketPath: path), end: { ending.fulfill(()) })
            let sockets = [network, try ListeningSocket(path: path)]
            try await withThrowingTaskGroup { group in
                group.addTask { try await run(service, on: sockets, until: ending) }
                try await body(served)
                group.cancelAll()
            }
        }
    }

    private static func run(
        _ service: HTTPService, on sockets: [ListeningSocket], until ending: Promise<Void>
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await service.run(on: sockets) }
            group.addTask { try await ending.value() }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Waits until nobody reads events any more.
    func untilNobodyReads() async throws {
        try await stage.hub.waitForReaders { $0 == 0 }
    }

    // MARK: - Requests

    /// A request in HTTP/1.1 as ordinary clients send it.
    static func request(
        _ method: String, _ path: String, _ body: String? = nil, type: String? = "application/json",
        headers: [String] = []
    ) -> String {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers
        if let body {
            if let type { lines.append("Content-Type: \(type)") }
            lines.append("Content-Length: \(body.utf8.count)")
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    /// Connects, sends exactly this, and reads a response.
    func reply(to request: String, over address: SocketAddress? = nil) async throws -> Reply {
        try await reply(to: Array(request.utf8), over: address)
    }

    func reply(to request: [UInt8], over address: SocketAddress? = nil) async throws -> Reply {
        let isHead = request.starts(with: Array("HEAD ".utf8))
        return try await RawClient.with(address ?? tcp) { client in
            try await client.send(request)
            return try #require(await client.reply(toHead: isHead), "no response")
        }
    }

    /// Sends an ordinary request; its response has to be as docs/openapi.yaml says.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, type: String? = "application/json",
        headers: [String] = [], over address: SocketAddress? = nil
    ) async throws -> Reply {
        let request = Self.request(method, path, body, type: type, headers: headers)
        let reply = try await reply(to: request, over: address)
        let complaints = try APIDescription.written.get().complaints(method, path, reply)
        #expect(complaints == [], "\(method) \(path): \(reply.status) \(reply.text)")
        return reply
    }
}
