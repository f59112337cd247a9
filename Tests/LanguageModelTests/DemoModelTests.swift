// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing
import Utterance

@testable import LanguageModel

@Suite("The demo")
struct DemoModelTests {
    @Test(
        "repeats the question, and says how to get a model, in the language of the question",
        arguments: [
            ("Why is the sky blue?", "You asked: Why is the sky blue? ", "ollama pull"),
            ("Tell me\n a   story", "You asked: Tell me a story. ", "ollama.com"),
            ("天空为什么是蓝色的？", "您问的是：天空为什么是蓝色的？", "ollama pull"),
            ("空はなぜ青いの？", "You asked: 空はなぜ青いの？ ", "ollama.com"),
        ])
    func answers(question: String, start: String, mention: String) {
        let text = DemoAnswer(to: question).text
        #expect(text.hasPrefix(start))
        #expect(text.contains(mention))
        #expect(DemoAnswer(to: question).tokens.joined() == text)
    }

    @Test("repeats only the beginning of a long question")
    func longQuestion() {
        #expect(DemoAnswer(to: String(repeating: "word ", count: 10_000)).text.count < 800)
    }

    @Test("speaks at the speed of a small board, by the clock that it is given")
    func pace() async throws {
        let clock = ManualClock()
        let listener = Listener()
        let request = ModelRequest(model: "demo", messages: [.init(.system, "Be brief."), .init(.user, "Why?")])
        let model = DemoModel(clock: clock, tokensPerSecond: 20)
        async let answer = model.answer(request, deliver: listener.hear)
        let tokens = DemoAnswer(to: "Why?").tokens
        for token in tokens.indices {
            await clock.sleepers(1)
            #expect(listener.events.count == 1 + token)
            clock.advance(by: .milliseconds(50))
        }
        await clock.sleepers(1)
        clock.advance(by: .milliseconds(50))
        let summary = try await answer
        #expect(listener.text == tokens.joined())
        #expect(listener.events.first == .connected)
        #expect(summary.outputTokens == tokens.count)
        #expect(summary.generation == .milliseconds(50) * tokens.count)
    }

    @Test("can be stopped")
    func cancellation() async throws {
        let clock = ManualClock()
        let task = Task { try await DemoModel(clock: clock).answer(.hello) { _ in } }
        await clock.sleepers(1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
