// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension PageTests {
    @Test func `A page outlives the daemon: it says that the connection is lost, and goes on later`()
        async throws
    {
        try await Browser.with { browser in
            let port = try ReservedPort()
            try await ServedPage.withDaemon(model: Self.long, port: port) { daemon, url in
                try await browser.open(url)
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await page.ask("Question one")
                try await page.waitFor(phase: "speaking")
                daemon.send(.kill)
                try await browser.wait(until: "!document.getElementById('connection').hidden")
                #expect(try await browser.text(of: "#connection") == "Connection lost, trying again…")
            }
            let model: FaultServer.Script = { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["Here", " I", " am."]))
            }
            try await ServedPage.withDaemon(model: model, port: port) { daemon, url in
                try await browser.wait(until: "document.getElementById('connection').hidden")
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await page.waitFor(phase: "lost")
                try await page.ask("Question two")
                try await page.waitFor(phase: "finished")
                #expect(try await browser.text(of: ".turn:last-child .text") == "Here I am.")
                #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 2)
            }
            // That nobody is there is no fault of the page.
            #expect(try await browser.complaints().filter { $0.source != "network" }.map(\.message) == [])
        }
    }

    @Test func `Where the daemon wants a token, it is asked for, and a browser that showed it is known`() async throws {
        try await ServedPage.with(token: "a long token of this daemon") { page in
            let browser = page.browser
            try await browser.wait(until: "document.getElementById('login').open")
            try await browser.type("wrong" + Browser.enter, into: "#token")
            try await browser.wait(until: "!document.getElementById('login-fault').hidden")
            #expect(try await browser.text(of: "#login-fault") == "That is not the token.")
            try await browser.type("a long token of this daemon" + Browser.enter, into: "#token")
            try await browser.wait(until: "!document.getElementById('login').open")
            try await page.ask("Question")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.value(of: "document.cookie") == "")
            // It is still known when the page is reloaded.
            try await browser.open(page.url)
            try await browser.wait(until: "document.documentElement.dataset.connected === 'true'")
            #expect(try await browser.value(of: "document.getElementById('login').open") == false)
            try await browser.click("#logout")
            try await browser.wait(until: "document.getElementById('login').open")
            // The form does without the script.
            try await browser.type("a long token of this daemon", into: "#token")
            try await browser.run("document.getElementById('login-form').submit()")
            try await browser.wait(until: "document.documentElement.dataset.connected === 'true'")
            #expect(try await browser.value(of: "location.href") == page.url)
        }
    }

    @Test(arguments: [("en-US", "en"), ("zh-CN", "zh-CN"), ("de-DE", "en")])
    func `The page speaks the browser's language, with every word of it`(browser: String, page: String) async throws {
        try await ServedPage.with(language: browser) { served in
            #expect(try await served.browser.value(of: "document.documentElement.lang") == page)
            for language in ["en", "zh"] {
                try await served.browser.run(
                    """
                    const choice = document.getElementById('language');
                    choice.value = '\(language)';
                    choice.dispatchEvent(new Event('change'));
                    """)
                let words: [String] = try await served.browser.value(
                    of: """
                        [...document.querySelectorAll('[data-text], [data-label], [data-placeholder]')].map((each) =>
                            each.dataset.text ? each.textContent : each.ariaLabel ?? each.placeholder)
                        """)
                #expect(words.count > 20 && words.allSatisfy { !$0.isEmpty && $0 != "undefined" }, "\(words)")
            }
        }
    }

    @Test(arguments: [
        ("model requires more system memory", "500 Internal Server Error", "内存不足"),
        ("model 'tiny' not found", "404 Not Found", "没有安装这个模型"), ("Odd!", "400 Bad Request", "拒绝了这个问题"),
    ])
    func `A Chinese page speaks no English when something goes wrong`(
        error: String, status: String, told: String
    ) async throws {
        try await ServedPage.with(
            model: { _, connection in
                try await connection.send(HTTPWire.reply(#"{"error":\#(HTTPWire.json(error))}"#, status: status))
            }, language: "zh-CN"
        ) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "failed")
            let text: String = try await browser.text(of: ".turn .doing")
            #expect(text.contains(told))
            #expect(!text.contains(/[a-zA-Z]{3}/), "\(text)")
            page.daemon.send(.kill)
            try await browser.wait(until: "!document.getElementById('connection').hidden")
            try await browser.type("Question two" + Browser.enter, into: "#prompt")
            try await browser.wait(until: "document.querySelectorAll('.turn[data-phase=failed]').length === 2")
            let later: String = try await browser.value(
                of:
                    "document.querySelector('.turn:last-child .doing').textContent + document.getElementById('connection').textContent"
            )
            #expect(!later.contains(/[a-zA-Z]{3}/), "\(later)")
        }
    }

    @Test func `Voices and personas are there to choose from, and the controls are the device's`() async throws {
        try await ServedPage.with { page in
            let browser = page.browser
            try await browser.wait(until: "document.querySelectorAll('#voice option').length > 50")
            try await browser.wait(
                until: "document.querySelector('#persona option[value=story]')")
            try await browser.click("#mute")
            try await browser.wait(until: "document.getElementById('mute').getAttribute('aria-pressed') === 'true'")
            let muted: Bool = try await browser.value(
                of: "fetch('/v1/status').then((reply) => reply.json()).then((status) => status.muted)")
            #expect(muted)
            try await page.ask("Question")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.text(of: ".turn .said") == "Hello there.")
        }
    }

    @Test func `The files are served with the strict policy, and not again when they have not changed`() async throws {
        try await ServedPage.with { page in
            let policy: String = try await page.browser.value(
                of: "fetch('/').then((r) => r.headers.get('content-security-policy'))")
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"))
            let status: Int = try await page.browser.value(
                of: """
                    fetch('/page/page.js').then((r) => fetch('/page/page.js', { cache: 'no-store',
                        headers: { 'If-None-Match': r.headers.get('etag') } })).then((r) => r.status)
                    """)
            #expect(status == 304)
        }
    }
}
