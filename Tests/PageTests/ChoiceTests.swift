// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import TestSupport
import Testing

/// Voices, models, and speaking to the page.
extension PageTests {
    private static func choose(_ value: String, in field: String) -> String {
        """
        const field = document.getElementById('\(field)');
        field.value = '\(value)';
        field.dispatchEvent(new Event('change'));
        """
    }

    @Test func `The voices that people here will want come first, and a voice that is chosen in silence is heard`()
        async throws
    {
        try await ServedPage.with(language: "de-DE") { page in
            let browser = page.browser
            try await browser.wait(until: "document.querySelectorAll('#voice option').length > 50")
            let groups: [[String]] = try await browser.value(
                of:
                    "[...document.querySelectorAll('#voice optgroup')].map((each) => [...each.children].map((o) => o.value))"
            )
            #expect(groups[0].contains("German") && groups[0].contains { $0.hasPrefix("English") })
            #expect(groups[0].contains { $0.hasPrefix("Chinese (Mandarin") } && !groups[0].contains("French (France)"))
            #expect(groups[1].contains("French (France)"))
            let usual = "document.querySelector('#voice option').textContent === 'As configured: automatic'"
            try await browser.wait(until: usual)
            try await browser.run(Self.choose("German", in: "voice"))
            try await browser.run(
                """
                return (async () => {
                    for (;;) {
                        const { finished, voice } = await (await fetch('/v1/status')).json();
                        if (finished === 1 && voice === 'German') break;
                    }
                })();
                """)
            // It is to be heard, and nothing to be read.
            try await browser.wait(until: "!document.querySelector('.turn')")
        }
    }

    @Test func `A voice server's voices are in the list, and one that is chosen speaks`() async throws {
        let wyoming = FaultServer.speaking { request, connection in
            try await connection.send(WyomingWire.sound(tone()))
        }
        try await FaultServer.run(wyoming) { server in
            try await Browser.with { browser in
                let settings = """
                    speech: {voice_servers: [{url: "tcp://127.0.0.1:\(server.port)", name: piper}]}
                    """
                try await ServedPage.withDaemon(model: Self.long, settings: settings) { _, url in
                    try await browser.open(url)
                    let voice = "joe (piper)"
                    try await browser.wait(
                        until: "document.querySelector('#voice optgroup option[value=\"\(voice)\"]')")
                    #expect(
                        try await browser.value(
                            of: "document.querySelector('#voice option[value=\"\(voice)\"]').textContent")
                            == "American English · joe (piper)")
                    try await browser.run(Self.choose(voice, in: "voice"))
                    // The first text after the warm-up is the sample in that voice.
                    try await browser.run(
                        """
                        return (async () => {
                            for (;;) {
                                const { finished, voice } = await (await fetch('/v1/status')).json();
                                if (finished === 1 && voice === '\(voice)') break;
                            }
                        })();
                        """)
                    #expect(server.texts.last != "Hello.")
                    #expect(server.requests.last?.body.contains(Array(#""name":"joe""#.utf8)) == true)
                }
            }
        }
    }

    @Test func `While something is said, a change is heard in it, and no sample comes between`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            try await page.browser.wait(until: "document.querySelectorAll('#voice option').length > 50")
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await page.browser.run(Self.choose("German", in: "voice"))
            try await page.browser.run(
                """
                return (async () => {
                    for (;;) if ((await (await fetch('/v1/status')).json()).voice === 'German') break;
                })();
                """)
            let waiting: Int = try await page.browser.value(
                of: "fetch('/v1/status').then((reply) => reply.json()).then(({ waiting }) => waiting.length)")
            #expect(waiting == 0)
            #expect(try await page.browser.value(of: "document.querySelector('.turn').dataset.phase") == "speaking")
        }
    }

    @Test func `Which model answers is shown, and another one can be chosen`() async throws {
        let bodies = Mutex<[String]>([])
        try await ServedPage.with(model: { request, connection in
            bodies.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
            try await connection.send(OllamaWire.chat(tokens: ["Yes."]))
        }) { page in
            let browser = page.browser
            try await browser.wait(
                until: "document.querySelector('#model option').textContent === 'As configured: tiny'")
            try await browser.wait(until: "document.querySelector('#model option[value=\"tiny:latest\"]')")
            try await page.ask("Question one")
            try await page.waitFor(phase: "finished")
            try await browser.run(Self.choose("tiny:latest", in: "model"))
            try await page.ask("Question two")
            try await browser.wait(until: "document.querySelectorAll('.turn[data-phase=finished]').length === 2")
            let models = bodies.withLock { $0.map { $0.contains(#""model":"tiny:latest""#) } }
            #expect(models == [false, true])
            try await browser.open(page.url)
            try await browser.wait(until: "document.getElementById('model').value === 'tiny:latest'")
        }
    }

    /// A recogniser that hears what a test says.
    private static let recogniser = """
        window.SpeechRecognition = class {
            start() { window.recogniser = this; }
            stop() { this.onend(); }
            abort() { this.onerror({ error: 'aborted' }); this.onend(); }
            hear(text, isFinal) { this.onresult({ results: [Object.assign([{ transcript: text }], { isFinal })] }); }
        };
        """

    @Test func `A question can be dictated; what listens, and for how long, is seen`() async throws {
        try await Browser.with { browser in
            try await browser.prepare(Self.recogniser)
            try await ServedPage.withDaemon(model: Self.long) { daemon, url in
                try await browser.open(url)
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await page.ask("Question")
                try await page.waitFor(phase: "speaking")
                #expect(try await browser.value(of: "document.getElementById('dictating').hidden"))
                try await browser.click("#microphone")
                // The voice would be heard, too.
                try await page.waitFor(phase: "paused")
                try await browser.wait(until: "window.recogniser && !document.getElementById('dictating').hidden")
                #expect(try await browser.text(of: "#dictating").contains("it may send the sound to its maker"))
                #expect(try await browser.value(of: "document.getElementById('microphone').ariaPressed") == "true")
                try await browser.run("recogniser.hear('Question by', false)")
                #expect(try await browser.value(of: "document.getElementById('prompt').value") == "Question by")
                try await browser.run("recogniser.hear('Question by voice', true); recogniser.onend()")
                try await browser.wait(until: "document.querySelectorAll('.turn').length === 2")
                try await browser.wait(
                    until: "document.querySelector('.turn:last-child .asked')?.textContent === 'Question by voice'")
                #expect(try await browser.value(of: "document.getElementById('dictating').hidden"))
                try await page.waitFor(phase: "speaking")
                // Without a question, the answer continues.
                try await browser.click("#microphone")
                try await page.waitFor(phase: "paused")
                try await browser.type(Browser.escape, into: "#prompt")
                try await page.waitFor(phase: "speaking")
                #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 2)
            }
        }
    }

    @Test func `Dictation that is left before the daemon has paused never listens, and the answer goes on`()
        async throws
    {
        try await Browser.with { browser in
            try await browser.prepare(Self.recogniser)
            try await ServedPage.withDaemon(model: Self.long) { daemon, url in
                try await browser.open(url)
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await page.ask("Question")
                try await page.waitFor(phase: "speaking")
                // The reply to `pause` is kept back until the test lets it go.
                try await browser.run(
                    """
                    const { fetch } = window;
                    window.fetch = async (url, ...rest) => {
                        const reply = await fetch(url, ...rest);
                        if (String(url).includes('pause')) await new Promise((go) => { window.letGo = go; });
                        return reply;
                    };
                    """)
                for leave in [Browser.escape, nil] {
                    try await browser.click("#microphone")
                    try await page.waitFor(phase: "paused")
                    try await browser.wait(until: "window.letGo")
                    if let leave {
                        try await browser.type(leave, into: "#prompt")
                    } else {
                        try await browser.click("#microphone")
                    }
                    #expect(try await browser.value(of: "document.getElementById('dictating').hidden"))
                    try await browser.run("letGo(); window.letGo = null;")
                    try await page.waitFor(phase: "speaking")
                    #expect(try await browser.value(of: "window.recogniser === undefined"))
                }
            }
        }
    }

    @Test func `The page can be installed: it has a manifest, and icons of the kinds that it says`() async throws {
        try await ServedPage.with { page in
            try await page.browser.run(
                """
                return (async () => {
                    const load = async (path) => {
                        const reply = await fetch(path);
                        return [reply.status, reply.headers.get('content-type')];
                    };
                    const { href } = document.querySelector('link[rel=manifest]');
                    const { name, display, start_url: start, icons } = await (await fetch(href)).json();
                    window.installed = [[name, display, start].join(' '), ...(await load(href)).map(String)];
                    for (const { src, type } of icons) {
                        const [status, found] = await load(src);
                        if (status === 200 && found === type) installed.push(type);
                    }
                })();
                """)
            let installed: [String] = try await page.browser.value(of: "installed")
            #expect(
                installed == [
                    "Utter standalone /", "200", "application/manifest+json", "image/svg+xml", "image/png", "image/png",
                ])
            #expect(try await page.browser.complaints().map(\.message) == [])
        }
    }
}
