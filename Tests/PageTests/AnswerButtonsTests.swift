// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension ServedPage {
    /// Presses a button of a turn by what stands on it.
    func press(_ text: String, of turn: String = ".turn:last-child") async throws {
        let button = "[...document.querySelectorAll('\(turn) button')].find((each) => each.textContent === '\(text)')"
        try await browser.wait(until: button)
        try await browser.run("\(button).click()")
    }

    /// Sends the daemon a request, as another program would.
    func post(_ path: String, _ body: String) async throws {
        try await browser.run(
            """
            return fetch('\(path)', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(\(body)) }).then(() => true);
            """)
    }
}

/// What can be done with an answer.
extension PageTests {
    private static let answer: FaultServer.Script = { _, connection in
        try await connection.send(OllamaWire.chat(tokens: ["It **is**", " so. ", "It is not."]))
    }

    @Test(arguments: [true, false])
    func `An answer can be copied as the model wrote it, also where the browser has no clipboard for the page`(
        hasClipboard: Bool
    ) async throws {
        try await ServedPage.with(model: Self.answer) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "finished")
            try await page.browser.run(
                """
                navigator.clipboard.writeText = (text) => \(hasClipboard)
                    ? Promise.resolve(window.copied = text) : Promise.reject(new Error());
                document.addEventListener('copy', () => { window.copied = document.activeElement.value; });
                """)
            // A real click: `execCommand('copy')` works only within five seconds of a key or a click, not of a script's.
            let button = ".turn .doing button"
            try await page.browser.wait(until: "document.querySelector('\(button)')?.textContent === 'Copy'")
            try await page.browser.click(button)
            try await page.browser.wait(until: "window.copied")
            #expect(try await page.browser.value(of: "copied") == "It **is** so. It is not.")
            try await page.press("Copied")
        }
    }

    @Test func `An answer can be heard again, and its words are lit where they stand`() async throws {
        let rest = " so. It is not, and it takes some time to say all that can be said about it."
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["It **is**", rest]))
        }) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "finished")
            try await page.collect()
            try await page.press("Say again")
            try await browser.wait(until: "phases.includes('speaking') && phases.at(-1) === 'finished'")
            #expect(try await browser.value(of: "lit", as: [String].self).contains("**is**"))
            #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 1)
            #expect(try await browser.text(of: ".turn .text") == "It is" + rest)
            // What is stopped the second time was heard the first time.
            try await browser.run("phases = []")
            try await page.press("Say again")
            try await browser.wait(until: "phases.includes('speaking')")
            try await browser.click("#stop")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.value(of: "document.querySelectorAll('.turn .rest').length") == 0)
            #expect(try await browser.text(of: ".turn .asked") == "Question")
        }
    }

    @Test func `A question can be changed and asked again`() async throws {
        try await ServedPage.with(model: Self.answer) { page in
            try await page.ask("Question one")
            try await page.waitFor(phase: "finished")
            try await page.press("Change the question")
            #expect(try await page.browser.value(of: "document.activeElement.id") == "prompt")
            try await page.browser.type(" more" + Browser.enter, into: "#prompt")
            try await page.browser.wait(
                until: "document.querySelector('.turn:last-child .asked').textContent === 'Question one more'")
        }
    }

    @Test func `Of several answers each can be stopped by itself`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await page.post("/v1/say", "{ text: 'This one waits.', detach: true }")
            try await page.waitFor(phase: "queued")
            try await page.press("Stop")
            try await page.waitFor(phase: "stopped")
            #expect(try await browser.value(of: "document.querySelector('.turn').dataset.phase") == "speaking")
            // The only one has no button of its own beside the one below.
            try await browser.wait(until: "!document.querySelector('.turn:first-child .doing button')")
        }
    }

    @Test func `Esc stops everything but what somebody called important`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            // So long that it is still being spoken when Esc is pressed, however late that is.
            let text = String(repeating: "Somebody is at the door, and has been there for quite some time. ", count: 40)
            try await page.post("/v1/say", "{ text: '\(text)', priority: 'important', policy: 'queue', detach: true }")
            try await browser.wait(until: "document.querySelectorAll('.turn').length === 2")
            try await browser.type(Browser.escape, into: "#prompt")
            try await browser.wait(until: "document.querySelector('.turn').dataset.phase === 'stopped'")
            try await page.waitFor(phase: "speaking")
            // Where there is nothing else, that is what is meant.
            try await browser.type(Browser.escape, into: "#prompt")
            try await page.waitFor(phase: "stopped")
        }
    }
}
