// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import LanguageModel
import Pipeline
import Service
import Testing
import Utterance

@Suite("A session that is asked", .timeLimit(.minutes(2)))
struct AskedSessionsTests {
    private static let endless: Stage.Model = { prompt, _, deliver in
        try await deliver(.text(prompt + " "))
        try await Promise<Void>().value()
    }

    @Test("is begun by a question that is taken, not by one that is refused")
    func refused() async throws {
        try await Stage.with(limit: 2, model: Self.endless) { stage in
            func ask(_ session: String, _ policy: Policy) async throws {
                _ = try await stage.speaker.ask(
                    AskRequest(prompt: "One.", session: session, delivery: Delivery(policy: policy)))
            }
            try await ask("a", .queue)
            await #expect(throws: Fault.self) { try await ask("busy", .reject) }
            try await ask("b", .queue)
            await #expect(throws: Fault.self) { try await ask("full", .queue) }
            #expect(Set(await stage.speaker.listedSessions.map(\.name)) == ["a", "b"])
        }
    }

    @Test("goes on with the usual persona when its own is not in the settings any more, and says so once")
    func personaGone() async throws {
        let model: Stage.Model = { prompt, _, deliver in try await deliver(.text("\(prompt) answered.")) }
        try await Stage.with(model: model) { stage in
            func ask(_ prompt: String, persona: String? = nil) async throws -> [String] {
                let admission = try await stage.speaker.ask(AskRequest(prompt: prompt, persona: persona))
                #expect(try await admission.result.value().ending == .finished)
                return try await stage.events(of: admission.answer)
            }
            #expect(try await !ask("One", persona: "assistant").contains("notice"))
            await stage.speaker.change(Stage.Parts(model: model, personas: ["other"]))
            #expect(try await ask("Two").contains("notice"))
            try await stage.event("notice", holding: "persona_gone")
            #expect(try await !ask("Three").contains("notice"))
            #expect(await stage.speaker.session(named: "default")?.conversation.exchanges.count == 3)
        }
    }
}
