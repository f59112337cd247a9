// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

@testable import utter

/// A person who gives the answers of a test, and then nothing more.
struct ScriptedDialogue: Dialogue {
    private final class Screen: Sendable {
        let text = Mutex("")
    }

    private var answers: [String]
    private let shown = Screen()

    init(_ answers: [String]) {
        self.answers = answers
    }

    /// Everything that was said, with the answers in place; `<` and `>` enclose the parts during which input is
    /// ignored.
    var screen: String { shown.text.withLock { $0 } }

    func say(_ text: String) {
        shown.text.withLock { $0 += text }
    }

    mutating func ignoreInput() { say("<") }
    mutating func acceptInput() { say(">") }

    mutating func answer() async throws -> String? {
        guard !answers.isEmpty else { return nil }
        let answer = answers.removeFirst()
        say(answer + "\n")
        return answer
    }
}
