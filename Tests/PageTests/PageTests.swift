// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// The page in a real browser, in front of the built program.
@Suite(
    .serialized, .enabled(if: Browser.isInstalled, "\(Browser.reasonToSkip)"),
    .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"))
struct PageTests {
    private static let tokens = ["Look", ", a 🌈", " rainbow", " over", " the", " water", ". ", "今天", "天气", "很好", "。"]

    @Test func `A question's answer streams in, and its words are lit as they are heard, in any script`() async throws {
        let mayEnd = Gate()
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.head + Self.tokens.map { OllamaWire.chat($0) }.joined())
            try await mayEnd.opened()
            try await connection.send(OllamaWire.chatDone() + HTTPWire.lastChunk)
        }) { page in
            try await page.collect()
            try await page.ask("Question: what is there?")
            // The model has not ended: the text is there while it comes.
            try await page.browser.wait(until: "document.querySelector('.turn .text')?.textContent.includes('很好')")
            mayEnd.open()
            try await page.waitFor(phase: "finished")
            let lit: [String] = try await page.browser.value(of: "lit")
            #expect(lit.contains("rainbow") && lit.contains("water"), "\(lit)")
            #expect(lit.contains { "今天天气很好".contains($0) }, "\(lit)")
            // A place that is off by a byte would light parts of words.
            let words = ["Look", "a", "rainbow", "over", "the", "water"]
            #expect(lit.allSatisfy { words.contains($0) || "今天天气很好".contains($0) }, "\(lit)")
            #expect(try await page.browser.text(of: ".turn .said") == Self.tokens.joined())
            #expect(try await page.browser.text(of: ".asked") == "Question: what is there?")
            #expect(try await page.browser.complaints().map(\.message) == [])
        }
    }

    @Test func `What a model writes is shown as it is, never as HTML`() async throws {
        let text = "<img src=x onerror=alert(1)> <b>bold</b> &amp; done."
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.chat(tokens: [text]))
        }) { page in
            try await page.ask("Question <b>one</b>")
            try await page.waitFor(phase: "finished")
            #expect(try await page.browser.text(of: ".turn .said") == text)
            #expect(try await page.browser.value(of: "document.querySelectorAll('#log img, #log b').length") == 0)
            #expect(try await page.browser.complaints().map(\.message) == [])
        }
    }

    @Test(arguments: [true, false])
    func `Esc and the button stop an answer in its middle, which then ends at the last word heard`(
        withKey: Bool
    ) async throws {
        try await ServedPage.with(model: Self.long) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            if withKey {
                try await page.browser.type(Browser.escape, into: "#prompt")
            } else {
                try await page.browser.click("#stop")
            }
            try await page.waitFor(phase: "stopped")
            #expect(try await page.browser.text(of: ".turn .rest") != "")
            #expect(try await page.browser.value(of: "document.getElementById('stop').disabled") == true)
            #expect(try await page.browser.complaints().map(\.message) == [])
        }
    }

    @Test func `An answer can be paused, and goes on`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await page.browser.click("#pause")
            try await page.waitFor(phase: "paused")
            try await page.browser.click("#pause")
            try await page.waitFor(phase: "speaking")
        }
    }

    @Test func `A reasoning model is seen to think, and its thoughts are not shown`() async throws {
        let mayAnswer = Gate()
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("", thinking: "Hmm, well"))
            try await mayAnswer.opened()
            try await connection.send(OllamaWire.chat("Yes.") + OllamaWire.chatDone() + HTTPWire.lastChunk)
        }) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "thinking")
            #expect(try await page.browser.text(of: ".turn .doing") == "Thinking")
            mayAnswer.open()
            try await page.waitFor(phase: "finished")
            #expect(try await page.browser.text(of: ".turn .text") == "Yes.")
        }
    }

    @Test func `What others ask for is seen too, also by a page that is opened in its middle`() async throws {
        try await ServedPage.with { page in
            let text = Array(repeating: "One thing is said to everybody, and it takes some time to be said.", count: 3)
                .joined(separator: " ")
            try await page.browser.run(
                """
                return fetch('/v1/say', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ text: '\(text)', detach: true }) }).then(() => true);
                """)
            try await page.waitFor(phase: "speaking")
            #expect(try await page.browser.text(of: ".turn .tag") == "Announcement")
            try await page.browser.open(page.url)
            try await page.waitFor(phase: "speaking")
            try await page.browser.wait(until: "document.querySelector('.turn .text').textContent === '\(text)'")
            try await page.waitFor(phase: "finished")
        }
    }

    @Test func `A sound that others make can be read`() async throws {
        try await ServedPage.with { page in
            try await page.browser.run(
                """
                return fetch('/v1/signal', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ signal: 'listening' }) }).then(() => true);
                """)
            try await page.waitFor(phase: "finished")
            #expect(try await page.browser.text(of: ".turn .doing").contains("♪ Listening"))
        }
    }

    /// An answer that lasts for minutes.
    static let long: FaultServer.Script = { _, connection in
        let sentence = "This is one of many sentences that say nothing, and take their time to do so. "
        try await connection.send(OllamaWire.chat(tokens: Array(repeating: sentence, count: 40)))
    }
}
