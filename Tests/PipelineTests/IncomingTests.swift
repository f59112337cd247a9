// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Testing

@testable import Pipeline

@Suite("What waits for the text stage") struct IncomingTests {
    @Test("weighs what it takes to store, however short the model's tokens are")
    func weight() {
        #expect(Incoming.text(String(repeating: "a", count: 1000)).weight == 1000)
        let short: [Incoming] = [.text(""), .text("a"), .text("今"), .thinking, .complete(ModelSummary(finish: .stop))]
        for incoming in short { #expect(incoming.weight == 16) }
    }

    @Test("takes little more room than a text itself, though what comes at the end is large")
    func size() {
        #expect(MemoryLayout<(Incoming, weight: Int)?>.stride <= 2 * MemoryLayout<String>.size)
    }
}
