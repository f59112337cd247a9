// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Testing
import Utterance

/// (z) Hanging up is the only way to make a server stop, so it must happen at once, whatever is going on. No limit or
/// timer can help here, since the clock stands still.
@Suite("An answer that is cancelled")
struct CancellationTests {
    private let listener = Listener()

    @Test("hangs up in the middle of the text, of the reasoning, and after the head", arguments: ["Hi", "", nil])
    func inTheMiddle(word: String?) async throws {
        try await FaultServer.run { _, connection in
            let begin = word.map { OllamaWire.chat($0, thinking: "Hm") } ?? ""
            try await connection.send(OllamaWire.head + begin)
            try await connection.staySilent()
        } while: { server in
            let task = try start(server)
            try await (word == nil ? listener.connected : listener.spoke).opened()
            try await cancel(task, and: server)
        }
    }

    @Test("hangs up in the silence before the first byte")
    func silence() async throws {
        try await FaultServer.run { _, connection in
            try await connection.staySilent()
        } while: { server in
            let task = try start(server)
            _ = try await server.request()
            try await cancel(task, and: server)
        }
    }

    @Test("hangs up before the server has even accepted the connection")
    func connecting() async throws {
        try await FaultServer.run(isAccepting: false) { _, connection in
            try await connection.staySilent()
        } while: { server in
            let task = try start(server)
            try await listener.connected.opened()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.accept()
            _ = try await server.disconnect()
        }
    }

    @Test("ends at once while the connection can't be established")
    func noConnection() async throws {
        let server = FullBacklog()
        let clock = ManualClock()
        let model = ModelServer(.init(address: try ServerAddress("127.0.0.1:\(server.port)")), clock: clock)
        let task = Task { try await model.answer(.hello, deliver: listener.hear) }
        await clock.sleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("hangs up while its listener accepts nothing")
    func blockedListener() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server)
            let task = Task {
                try await model.answer(.hello) { event in
                    try await listener.hear(event)
                    if case .text = event { try await Gate().opened() }
                }
            }
            try await listener.firstText.opened()
            try await cancel(task, and: server)
        }
    }

    @Test("before it was requested ends at once")
    func fromTheBeginning() async throws {
        try await FaultServer.run { _, connection in
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server)
            let task = Task {
                try? await Gate().opened()  // ends by being cancelled
                return try await model.answer(.hello, deliver: listener.hear)
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("by a listener that throws hangs up, and throws the same error")
    func throwingListener() async throws {
        struct Enough: Error {}
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi"))
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server)
            await #expect(throws: Enough.self) {
                try await model.answer(.hello) { event in
                    if case .text = event { throw Enough() }
                }
            }
            _ = try await server.disconnect()
        }
    }

    private func start(_ server: FaultServer) throws -> Task<ModelSummary, any Error> {
        let model = try ModelServer(server)
        return Task { try await model.answer(.hello, deliver: listener.hear) }
    }

    private func cancel(_ task: Task<ModelSummary, any Error>, and server: FaultServer) async throws {
        task.cancel()
        _ = try await server.disconnect()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
