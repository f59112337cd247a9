// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Conversations on the page.
extension PageTests {
    private static let brief: FaultServer.Script = { _, connection in
        try await connection.send(OllamaWire.chat(tokens: ["Yes", "."]))
    }

    private static let titles = "[...document.querySelectorAll('#sessions .choose')].map((each) => each.textContent)"

    @Test func `A conversation is named after its first question, can be renamed, and deleted`() async throws {
        try await ServedPage.with(model: Self.brief) { page in
            let browser = page.browser
            try await browser.click("#new-session")
            try await page.ask("Question one")
            try await page.waitFor(phase: "finished")
            try await browser.wait(until: "document.querySelector('#sessions .rename')")
            #expect(try await browser.value(of: Self.titles) == ["Question one", "Everyday conversation"])
            #expect(try await browser.accessibleName(of: "#sessions .rename") == "Rename “Question one”")
            try await browser.run("document.querySelector('#sessions .rename').click()")
            #expect(try await browser.value(of: "document.activeElement.ariaLabel") == "New name for “Question one”")
            try await browser.type("天空" + Browser.enter, into: "#sessions input")
            try await browser.wait(until: "document.querySelector('#sessions .choose')?.textContent === '天空'")
            try await browser.wait(until: "document.querySelector('#where').textContent === '天空'")
            // It is the same one, for the daemon too.
            try await page.ask("Question two")
            try await page.waitFor(phase: "finished")
            try await browser.open(page.url)
            try await browser.wait(until: "document.querySelectorAll('.turn').length === 2")
            // Esc leaves the name as it is.
            try await browser.run("document.querySelector('#sessions .rename').click()")
            try await browser.type("x" + Browser.escape, into: "#sessions input")
            try await browser.wait(until: "document.querySelector('#sessions .choose')?.textContent === '天空'")
            try await browser.run("document.querySelector('#sessions .forget').click()")
            try await browser.run("document.querySelector('#sessions .forget.sure').click()")
            try await browser.wait(until: "document.querySelector('#where').textContent === 'Everyday conversation'")
            try await browser.wait(until: "document.querySelectorAll('#sessions .choose').length === 1")
            #expect(try await browser.value(of: Self.titles) == ["Everyday conversation"])
        }
    }

    @Test func `How long conversations are kept is said, and among many one can be looked for`() async throws {
        try await ServedPage.with(language: "zh-CN") { page in
            let browser = page.browser
            try await browser.wait(until: "document.getElementById('kept').textContent === '在最后一次提问后保留1小时。'")
            #expect(try await browser.value(of: "document.getElementById('search').hidden"))
            for name in 1...9 {
                try await page.post("/v1/ask", "{ prompt: 'Question', session: 'talk \(name)', speak: false }")
            }
            try await browser.wait(until: "document.querySelectorAll('#sessions .choose').length === 10")
            try await browser.type("Talk 7", into: "#search")
            try await browser.wait(until: "document.querySelectorAll('#sessions .choose').length === 1")
            #expect(try await browser.value(of: Self.titles) == ["talk 7"])
        }
    }

    @Test func `What was not heard of a stopped answer is still there to be read after a reload`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await browser.wait(until: "document.querySelector('.sounding .said')")
            try await browser.click("#stop")
            try await page.waitFor(phase: "stopped")
            let said: String = try await browser.text(of: ".turn .said")
            let text: String = try await browser.text(of: ".turn .text")
            try await browser.open(page.url)
            try await page.waitFor(phase: "stopped")
            #expect(try await browser.text(of: ".turn .said") == said)
            #expect(try await browser.text(of: ".turn .text").hasPrefix(String(text.prefix(said.count + 40))))
            #expect(try await browser.value(of: "document.querySelectorAll('.turn .rest.cut').length") == 1)
        }
    }

    @Test func `Where the service manager has made a folder for it, conversations outlast a restart`() async throws {
        let port = try ReservedPort()
        let state = SoundWorld.shared.path("state")
        try await Browser.with { browser in
            try await ServedPage.withDaemon(model: Self.brief, port: port, state: state) { daemon, url in
                try await browser.open(url)
                try await browser.click("#new-session")
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await page.ask("Question of the day")
                try await page.waitFor(phase: "finished")
            }
            try await ServedPage.withDaemon(model: Self.brief, port: port, state: state) { _, url in
                try await browser.open(url)
                try await browser.wait(
                    until: "document.querySelector('.turn .asked')?.textContent === 'Question of the day'")
                #expect(try await browser.text(of: ".turn .text") == "Yes.")
            }
        }
    }
}
