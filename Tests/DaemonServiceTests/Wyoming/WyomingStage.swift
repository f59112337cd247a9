// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonService
import LanguageModel
import Logging
import NIOCore
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

/// The daemon's Wyoming on a real TCP socket, before a ``Stage``.
struct WyomingStage: Sendable {
    let stage: Stage
    let clock: ManualClock
    let address: SocketAddress

    static func with(
        _ roles: Set<WyomingService.Role>, rules: AccessRules = AccessRules(), speaksAnswers: Bool = false,
        device: String? = nil,
        model: @escaping Stage.Model = { prompt, _, deliver in try await deliver(.text(prompt)) },
        _ body: @escaping @Sendable (WyomingStage) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        try await Stage.with(device: device ?? "capture:\(SoundWorld.shared.path("speaker"))", model: model) { stage in
            let backend = WyomingBackend(
                scheduler: stage.scheduler, name: "Utter on test", version: "1.2.3", speaksAnswers: speaksAnswers,
                longestText: 500, clock: clock)
            let service = WyomingService(backend: backend, rules: rules, logger: Logger(label: "test"))
            let socket = try ListeningSocket(address: SocketAddress(ipAddress: "127.0.0.1", port: 0))
            let address = try #require(SocketAddress(boundTo: socket.descriptor))
            try await withThrowingTaskGroup { group in
                group.addTask { try await service.run(roles, on: socket) }
                try await body(WyomingStage(stage: stage, clock: clock, address: address))
                group.cancelAll()
            }
        }
    }

    /// Connects while `body` runs.
    func connect<Result>(_ body: (WyomingClient) async throws -> Result) async throws -> Result {
        try await RawClient.with(address) { try await body(WyomingClient($0)) }
    }

    /// Has a sound played on a connection of its own.
    ///
    /// - Returns: what came back.
    func play(_ samples: [Int16]) async throws -> [String] {
        try await connect { client in
            try await client.send(WyomingWire.sound(samples))
            return try await client.types(until: "played")
        }
    }
}

/// A client of Wyoming that sends exactly the bytes that a test says. Used by one task.
final class WyomingClient {
    let raw: RawClient
    private var decoder = WyomingDecoder()

    init(_ raw: RawClient) {
        self.raw = raw
    }

    func send(_ bytes: [UInt8]) async throws {
        try await raw.send(bytes)
    }

    func send(_ type: String, _ data: String = "", payload: [UInt8] = []) async throws {
        try await send(WyomingWire.event(type, data, payload: payload))
    }

    /// The next event; `nil` when the server has closed.
    func next() async throws -> WyomingEvent? {
        while true {
            if let event = try decoder.next() { return event }
            guard let bytes = await raw.some() else { return nil }
            decoder.append(bytes)
        }
    }

    /// The next event, which is of this type.
    @discardableResult
    func next(_ type: String) async throws -> WyomingEvent {
        let event = try await next()
        #expect(event?.type == type)
        return try #require(event)
    }

    /// All events up to the first of a type, or the end.
    func events(until type: String) async throws -> [WyomingEvent] {
        var events: [WyomingEvent] = []
        while let event = try await next() {
            events.append(event)
            if event.type == type { break }
        }
        return events
    }

    func types(until type: String) async throws -> [String] {
        try await events(until: type).map(\.type)
    }
}
