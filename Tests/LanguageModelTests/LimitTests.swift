// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

/// Every wait has its own limit, on a clock that the tests advance.
@Suite("The wait for a server")
struct LimitTests {
    private let clock = ManualClock()
    private let listener = Listener()

    @Test("ends if the connection isn't established within the connect limit")
    func connecting() async throws {
        let server = FullBacklog()
        let model = ModelServer(
            .init(address: try ServerAddress("127.0.0.1:\(server.port)"), limits: .init(connect: .seconds(5))),
            clock: clock)
        async let outcome = fault { try await model.answer(.hello, deliver: listener.hear) }
        await clock.sleepers(1)
        clock.advance(by: .seconds(5))
        let fault = try await outcome
        #expect(fault.code == .modelUnreachable)
        #expect(fault.message.contains("within 5 s"))
        #expect(listener.events.isEmpty)
    }

    @Test("(d) may take minutes before the first byte, and reports what the server does meanwhile")
    func coldLoad() async throws {
        let loaded = Gate()
        let script = OllamaWire.server { _, connection in
            try await loaded.opened()
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        }
        try await FaultServer.run(script) { server in
            let model = try ModelServer(server, clock: clock)
            async let summary = model.answer(.hello, deliver: listener.hear)
            try await listener.connected.opened()
            await clock.sleepers(1)
            clock.advance(by: .seconds(10))
            try await listener.noticed.opened()
            await clock.sleepers(1)
            clock.advance(by: .seconds(290))
            loaded.open()
            #expect(try await summary.finish == .stop)
            #expect(listener.notices == ["model_loading"])
            #expect(listener.text == "Hi")
        }
    }

    @Test("can be stopped after minutes, and the server notices")
    func stoppedLoad() async throws {
        let script = OllamaWire.server { _, connection in try await connection.staySilent() }
        try await FaultServer.run(script) { server in
            let model = try ModelServer(server, clock: clock)
            let task = Task { try await model.answer(.hello, deliver: listener.hear) }
            try await listener.connected.opened()
            await clock.sleepers(1)
            clock.advance(by: .seconds(10))
            try await listener.noticed.opened()
            clock.advance(by: .seconds(240))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            _ = try await server.disconnect(on: "/api/chat")
        }
    }

    @Test("ends if nothing comes within the limit for the first token")
    func silence() async throws {
        try await FaultServer.run { _, connection in
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server, clock: clock)
            async let outcome = fault { try await model.answer(.hello, deliver: listener.hear) }
            try await listener.connected.opened()
            await clock.sleepers(1)
            clock.advance(by: .seconds(600))
            let fault = try await outcome
            #expect(fault.code == .modelSilent)
            #expect(fault.message.contains("10 min"))
            _ = try await server.disconnect()
        }
    }

    /// However fast the clock is advanced, a probe of the server has time to finish.
    private static let onlyLooks = ModelServer.Limits(connect: .seconds(1_000_000), firstToken: nil)

    @Test("ends soon if the server has disappeared")
    func vanished() async throws {
        try await FaultServer.run { request, connection in
            if request.path == "/api/chat" { try await connection.staySilent() }
        } while: { server in
            let model = try ModelServer(server, limits: Self.onlyLooks, clock: clock)
            let fault = try await fault {
                try await clock.passing(after: listener.connected) {
                    try await model.answer(.hello, deliver: listener.hear)
                }
            }
            #expect(fault.code == .modelUnreachable)
            #expect(fault.message.contains("no longer responds"))
        }
    }

    @Test("doesn't end because a gateway passes on only questions", arguments: [404, 401, 403])
    func restrictedProxy(status: Int) async throws {
        let looks = Atomic(0)
        let answers = Gate()
        try await FaultServer.run { request, connection in
            guard request.path == "/api/chat" else {
                try await connection.send(HTTPWire.reply("no", status: "\(status) No", type: "text/plain"))
                if looks.add(1, ordering: .relaxed).newValue > 5 { answers.open() }
                return
            }
            try await answers.opened()
            try await connection.send(OllamaWire.chat(tokens: ["Hi"]))
        } while: { server in
            let model = try ModelServer(server, limits: Self.onlyLooks, clock: clock)
            let summary = try await clock.passing(after: listener.connected) {
                try await model.answer(.hello, deliver: listener.hear)
            }
            #expect(summary.finish == .stop)
            #expect(listener.notices.isEmpty)
        }
    }

    @Test("(e) has the limit for the first token even if the reply has begun, but not its text")
    func silenceAfterHead() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OpenAIWire.head + HTTPWire.chunk(OpenAIWire.delta(#"{"role":"assistant"}"#)))
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server, .openAI, limits: .init(idle: .seconds(3)), clock: clock)
            let fault = try await fault {
                try await clock.passing(after: listener.connected) {
                    try await model.answer(.hello, deliver: listener.hear)
                }
            }
            #expect(fault.code == .modelSilent)
            _ = try await server.disconnect()
        }
    }

    @Test("between two words ends after the idle limit, and what came is kept", arguments: [true, false])
    func stalled(isReasoning: Bool) async throws {
        try await FaultServer.run { _, connection in
            let line = isReasoning ? OllamaWire.chat("", thinking: "Hm") : ""
            try await connection.send(OllamaWire.head + OllamaWire.chat("Hi") + line)
            try await connection.staySilent()
        } while: { server in
            let model = try ModelServer(server, limits: .init(idle: .seconds(60)), clock: clock)
            let fault = try await fault {
                try await clock.passing(after: listener.firstText) {
                    try await model.answer(.hello, deliver: listener.hear)
                }
            }
            #expect(fault.code == .modelStalled)
            #expect(fault.message.contains("60 s"))
            #expect(listener.text == "Hi")
            _ = try await server.disconnect()
        }
    }

    @Test("doesn't count while it is the listener who waits")
    func slowListener() async throws {
        let room = Gate()
        try await FaultServer.run { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hi", " there."]))
        } while: { server in
            let model = try ModelServer(server, clock: clock)
            async let summary = model.answer(.hello) { event in
                try await listener.hear(event)
                if case .text = event { try await room.opened() }
            }
            try await listener.firstText.opened()
            for _ in 1...20 {
                await clock.sleepers(1)
                clock.advance(by: .seconds(60))
            }
            room.open()
            #expect(try await summary.finish == .stop)
            #expect(listener.text == "Hi there.")
        }
    }

    @Test("(s) starts over with every sign of life, even a comment")
    func signsOfLife() async throws {
        let watch = StallWatch(clock: clock)
        async let limit = watch.expiry()
        for _ in 1...5 {
            watch.readBegins(limit: .seconds(60))
            await clock.sleepers(1)
            clock.advance(by: .seconds(40))
            watch.readEnds()
        }
        watch.readBegins(limit: .seconds(30))
        await clock.sleepers(1)
        clock.advance(by: .seconds(30))
        #expect(try await limit == .seconds(30))
    }

    @Test("(s) may be filled with comments")
    func comments() async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(OpenAIWire.head)
            for _ in 1...40 { try await connection.send(HTTPWire.chunk(": OPENROUTER PROCESSING\n\n")) }
            let events = OpenAIWire.event("Hi") + ":\n\n" + OpenAIWire.delta("{}", finish: "stop") + OpenAIWire.done
            try await connection.send(HTTPWire.chunk(events) + HTTPWire.lastChunk)
        } while: { server in
            let model = try ModelServer(server, .openAI, clock: clock)
            #expect(try await model.answer(.hello, deliver: listener.hear).finish == .stop)
            #expect(listener.text == "Hi")
        }
    }
}
