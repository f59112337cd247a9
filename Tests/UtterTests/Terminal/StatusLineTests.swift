// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import utter

@Suite struct StatusLineTests {
    private final class Screen: Sendable {
        private let lines = Mutex<[String]>([])
        var text: [String] { lines.withLock { $0 } }
        func say(_ text: String) { lines.withLock { $0.append(text) } }
    }

    /// Runs the line while the clock passes `seconds` seconds.
    private func shown(isTerminal: Bool, seconds: Int, columns: Int = 80) async -> [String] {
        let clock = ManualClock()
        let screen = Screen()
        let line = StatusLine(isTerminal: isTerminal, columns: { columns }, clock: clock, say: screen.say)
        line.wait(for: "Waiting for llama")
        await withTaskGroup { group in
            group.addTask { await line.run() }
            for _ in 0..<seconds {
                await clock.sleepers(1)
                clock.advance(by: .seconds(1))
            }
            await clock.sleepers(1)
            group.cancelAll()
        }
        line.clear()
        return screen.text
    }

    @Test(
        "Messages that come with every answer are dim, on a terminal that can show it",
        arguments: [(true, true), (true, false), (false, true)])
    func aside(isTerminal: Bool, hasSequences: Bool) {
        let screen = Screen()
        let line = StatusLine(isTerminal: isTerminal, hasSequences: hasSequences, say: screen.say)
        line.tell("tiny answers.", isAside: true)
        line.tell("It failed.")
        let isDim = isTerminal && hasSequences
        #expect(
            screen.text == [
                isDim ? "\u{1B}[2mutter: tiny answers.\n\u{1B}[m" : "utter: tiny answers.\n", "utter: It failed.\n",
            ])
    }

    @Test("On a terminal, one line shows what is being waited for and counts the seconds, and is erased at the end")
    func terminal() async {
        let text = await shown(isTerminal: true, seconds: 3)
        #expect(text.count == 4)
        #expect(text[2].contains("Waiting for llama, 3 s"))
        #expect(text.last == "\r\u{1B}[K")
    }

    @Test(
        "In a narrow terminal, it takes only one row",
        arguments: [(40, "Waiting for llama, 1 s (Ctrl-C stops)"), (30, "Waiting for llama, 1 s"), (12, "Waiting for")])
    func narrow(columns: Int, shown: String) async {
        #expect(await self.shown(isTerminal: true, seconds: 1, columns: columns).first == "\r\u{1B}[K" + shown)
    }

    @Test("Elsewhere, a silence of ten seconds is explained, then less and less often")
    func lines() async {
        let text = await shown(isTerminal: false, seconds: 45)
        #expect(
            text == [
                "utter: Waiting for llama, 10 s\n", "utter: Waiting for llama, 20 s\n",
                "utter: Waiting for llama, 40 s\n",
            ])
    }
}
