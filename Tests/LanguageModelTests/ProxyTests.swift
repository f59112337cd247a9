// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

@Suite("A proxy in front of the model server", .timeLimit(.minutes(10)))
struct ProxyTests {
    @Test("that compresses is named, whatever the status", arguments: ["200 OK", "502 Bad Gateway"])
    func compressed(_ status: String) async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(
                HTTPWire.reply("\u{1F}\u{8B}", status: status, more: ["Content-Encoding: gzip"]))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).answer(.hello) { _ in } }
            #expect(fault.code == .modelProtocol)
            #expect(fault.message.contains("compresses its replies (gzip)"))
        }
    }

    @Test(
        "that redirects is not followed, and its target is reported",
        arguments: ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
    func redirected(_ status: String) async throws {
        try await FaultServer.run { _, connection in
            try await connection.send(
                HTTPWire.reply("", status: status, more: ["Location: https://ai.example/x"]))
        } while: { server in
            let fault = try await fault { try await ModelServer(server).answer(.hello) { _ in } }
            #expect(fault.code == .modelProtocol)
            #expect(fault.message.contains("redirects to https://ai.example/x:"))
            #expect(server.requests.count == 1)
        }
    }

    /// The events of an answer, and the milliseconds before each.
    private static let words = String(repeating: "word ", count: 20)
    private static let rows: [(String, [(Int, ModelEvent)], Bool)] = [
        ("all at once after 5 s", [(0, .connected)] + [(5_000, .text(words))] + four, true),
        ("all at once, and at once", [(0, .connected), (100, .text(words))] + four, false),
        ("word by word", [(0, .connected), (5_000, .text(words))] + four.map { (100, $0.1) }, false),
        ("a short answer", [(0, .connected), (5_000, .text("Yes."))], false),
        ("after thoughts", [(0, .connected), (1_000, .thinking("Hm")), (5_000, .text(words))] + four, false),
    ]
    private static let four = Array(repeating: (0, ModelEvent.text(words)), count: 4)

    @Test("that buffers is detected by an answer that arrives all at once", arguments: rows.indices)
    func buffered(_ index: Int) {
        let (name, events, isBuffered) = Self.rows[index]
        let clock = ManualClock()
        let watch = ArrivalWatch(clock: clock)
        let told = events.count { time, event in
            clock.advance(by: .milliseconds(time))
            return watch.isBuffered(after: event)
        }
        #expect(told == (isBuffered ? 1 : 0), "\(name)")
    }

    @Test("that buffers is reported once")
    func once() async throws {
        let clock = ManualClock()
        let gate = Gate()
        try await FaultServer.run { _, connection in
            try await gate.opened()
            try await connection.send(OllamaWire.chat(tokens: Array(repeating: Self.words, count: 5)))
        } while: { server in
            let model = ModelServer(
                .init(address: try ServerAddress(server.url), limits: .init(firstToken: nil)), clock: clock,
                contexts: ContextLimits(), buffering: BufferingServers())
            for number in 0..<2 {
                let listener = Listener()
                async let summary = model.answer(.hello, deliver: listener.hear)
                try await listener.connected.opened()
                if number == 0 {
                    clock.advance(by: .seconds(3))
                    gate.open()
                }
                _ = try await summary
                #expect(listener.notices == (number == 0 ? ["reply_buffered"] : []))
            }
        }
    }
}
