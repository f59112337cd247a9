// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import DaemonService
import LanguageModel
import Pipeline
import Synchronization
import TestSupport
import Testing
import Utterance

@Suite("A session that is asked", .timeLimit(.minutes(10)))
struct AskedSessionsTests {
    @Test("is begun by a question that is taken, not by one that is refused")
    func refused() async throws {
        try await Stage.with(limit: 2, model: Stage.endless) { stage in
            func ask(_ session: String, _ policy: Policy) async throws {
                _ = try await stage.scheduler.ask(
                    AskRequest(prompt: "One.", session: session, delivery: Delivery(policy: policy)))
            }
            try await ask("a", .queue)
            await #expect(throws: Fault.self) { try await ask("busy", .reject) }
            try await ask("b", .queue)
            await #expect(throws: Fault.self) { try await ask("full", .queue) }
            #expect(Set(await stage.scheduler.listedSessions.map(\.name)) == ["a", "b"])
        }
    }

    @Test("goes on with the usual persona when its own is not in the settings any more, and says so once")
    func personaGone() async throws {
        let model: Stage.Model = { prompt, _, deliver in try await deliver(.text("\(prompt) answered.")) }
        try await Stage.with(model: model) { stage in
            func ask(_ prompt: String, persona: String? = nil) async throws -> [String] {
                let admission = try await stage.scheduler.ask(AskRequest(prompt: prompt, persona: persona))
                #expect(try await admission.result.value().ending == .finished)
                return try await stage.events(of: admission.answer)
            }
            #expect(try await !ask("One", persona: "assistant").contains("notice"))
            await stage.scheduler.change(Stage.Answers(model: model, personas: ["other"]))
            #expect(try await ask("Two").contains("notice"))
            try await stage.event("notice", holding: "persona_gone")
            #expect(try await !ask("Three").contains("notice"))
            #expect(await stage.scheduler.session(named: "default")?.conversation.exchanges.count == 3)
        }
    }

    @Test("tells the model what was heard before in it, and nothing of others")
    func history() async throws {
        let asked = Mutex<[[String]]>([])
        let model: Stage.Model = { prompt, history, deliver in
            asked.withLock { $0.append(history.map(\.content)) }
            try await deliver(.text("Answer to \(prompt)."))
        }
        try await Stage.with(model: model) { stage in
            for (prompt, session) in [("one", "a"), ("two", "a"), ("three", "b")] {
                let admission = try await stage.scheduler.ask(AskRequest(prompt: prompt, session: session))
                _ = try await admission.result.value()
            }
            #expect(asked.withLock { $0 } == [[], ["one", "Answer to one."], []])
            #expect(await stage.scheduler.listedSessions.map(\.name) == ["b", "a"])
        }
    }

    @Test("that is over gives the next one of its name no persona")
    func forgottenPersona() async throws {
        let clock = ManualClock()
        try await Stage.with(clock: clock) { stage in
            let first = try await stage.scheduler.ask(AskRequest(prompt: "One.", persona: "story"))
            _ = try await first.result.value()
            clock.advance(by: .seconds(3_600))
            let second = try await stage.scheduler.ask(AskRequest(prompt: "Two."))
            _ = try await second.result.value()
            #expect(await stage.scheduler.listedSessions.map(\.persona) == [nil])
        }
    }

    @Test("that is forgotten while its answer is spoken does not come back")
    func forgotten() async throws {
        try await Stage.with(model: Stage.endless) { stage in
            let admission = try await stage.scheduler.ask(AskRequest(prompt: "One sentence. Two.", session: "secret"))
            try await stage.event("heard", of: admission.answer)
            #expect(await stage.scheduler.removeSession("secret"))
            await stage.scheduler.stop()
            _ = try await admission.result.value()
            #expect(await stage.scheduler.session(named: "secret") == nil)
        }
    }
}
