// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Synchronization
import TestSupport
import Testing
import Utterance

@testable import utter

@Suite struct PullBarTests {
    private final class Screen: Sendable {
        private let lines = Mutex<[String]>([])
        var text: [String] { lines.withLock { $0 } }
        func say(_ text: String) { lines.withLock { $0.append(text) } }
    }

    /// What is shown while `completed` megabytes of 2 GB arrive, with one line from the server per second.
    private func shown(_ completed: [Int], isTerminal: Bool) -> [String] {
        let clock = ManualClock()
        let screen = Screen()
        var bar = PullBar(model: "tiny", isTerminal: isTerminal, clock: clock, say: screen.say)
        bar.show(PullStatus(status: "pulling manifest"), width: 100)
        for megabytes in completed {
            bar.show(
                PullStatus(
                    status: "pulling a", digest: "a", total: 2_000_000_000, completed: megabytes * 1_000_000),
                width: 100)
            clock.advance(by: .seconds(1))
        }
        bar.show(PullStatus(status: "verifying sha256 digest"), width: 100)
        bar.end()
        return screen.text
    }

    @Test("On a terminal one line is redrawn: percentage, bytes, rate and time left")
    func terminal() throws {
        let lines = shown([0, 500, 1_000, 2_000], isTerminal: true).map {
            $0.replacing("\r\u{1B}[K", with: "").replacing("█", with: "#")
        }
        #expect(lines.first == "tiny: pulling manifest")
        #expect(lines.contains("tiny  ▕############            ▏  50 %  1.0 GB of 2.0 GB  500 MB/s  2 s left"))
        #expect(
            lines.suffix(2) == [
                "tiny  ▕########################▏ 100 %  2.0 GB of 2.0 GB  verifying sha256 digest", "\n",
            ])
    }

    @Test("It never goes back, and is not drawn more often than can be seen")
    func monotonic() {
        let clock = ManualClock()
        let screen = Screen()
        var bar = PullBar(model: "tiny", isTerminal: true, clock: clock, say: screen.say)
        for completed in [600, 300, 200, 700] {
            bar.show(PullStatus(status: "", digest: "a", total: 1_000, completed: completed), width: 100)
            clock.advance(by: .milliseconds(100))
        }
        #expect(screen.text.count == 2)
        #expect(screen.text.allSatisfy { $0.contains("60 %") })
    }

    @Test("Parts that don't fit a narrow terminal are left out")
    func narrow() {
        let line = { (width: Int) in
            var bar = PullBar(model: "tiny", isTerminal: true, clock: ManualClock(), say: { _ in })
            bar.show(PullStatus(status: "", digest: "a", total: 1_000, completed: 500), width: width)
            return bar.line(width: width)
        }
        #expect(line(50).columns < 50)
        #expect(line(45).hasSuffix("50 %"))
        #expect(line(20) == "tiny")
    }

    @Test("Elsewhere it is a new line for every tenth, and for what comes after")
    func lines() {
        let lines = shown(Array(stride(from: 0, through: 2_000, by: 50)), isTerminal: false)
        #expect(lines.count == 13)
        #expect(lines[2] == "utter: tiny: 10 % of 2.0 GB\n")
        #expect(lines.last == "utter: tiny: verifying sha256 digest\n")
    }
}
