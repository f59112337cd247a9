// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// What takes long and seldom breaks runs on the build machines only.
    static var endurance: Self { .enabled(if: SoundWorld.mustRun, "takes long: UTTER_CI=1 scripts/test runs it") }
}

/// A page that is left open while all else changes.
extension PageTests {
    private static let hello: FaultServer.Script = { _, connection in
        try await connection.send(OllamaWire.chat(tokens: ["Hello", " there."]))
    }

    private static let isConnected = "document.documentElement.dataset.connected === 'true'"

    @Test(.endurance) func `A thousand answers leave a hundred on the page`() async throws {
        try await ServedPage.with { page in
            let browser = page.browser
            try await browser.wait(until: Self.isConnected)
            let elements: Int = try await browser.value(of: "document.querySelectorAll('*').length")
            try await browser.run(
                """
                const say = async (text) => (await fetch('/v1/say', { method: 'POST',
                    headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text, speak: false }) })).json();
                return (async () => {
                    for (let round = 0; round < 250; round++) await Promise.all(['One.', 'Two.', 'Three.', 'Four.'].map(say));
                    await say('The last one.');
                })();
                """)
            try await browser.wait(
                until: "document.querySelector('.turn:last-child .text')?.textContent === 'The last one.'")
            #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 100)
            #expect(try await browser.value(of: "!document.getElementById('older').hidden"))
            let more: Int = try await browser.value(of: "document.querySelectorAll('*').length")
            #expect(more - elements < 2500, "\(more - elements) elements for 100 answers")
            #expect(try await browser.complaints().map(\.message) == [])
        }
    }

    @Test func `However fast text comes, the page changes once a frame`() async throws {
        let mayFlood = Gate()
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("It") + OllamaWire.chat(" begins. "))
            try await mayFlood.opened()
            // Each token is an event of its own.
            for _ in 0..<700 { try await connection.send(OllamaWire.chat("word ")) }
            try await connection.send(OllamaWire.chat("End.") + OllamaWire.chatDone() + HTTPWire.lastChunk)
        }) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await browser.run(
                """
                let frame = 0;
                const count = () => { frame++; requestAnimationFrame(count); };
                requestAnimationFrame(count);
                window.changes = new Map();
                new MutationObserver(() => changes.set(frame, (changes.get(frame) ?? 0) + 1))
                    .observe(document.querySelector('.turn:last-child'), { subtree: true, childList: true, characterData: true });
                """)
            mayFlood.open()
            try await browser.wait(until: "document.querySelector('.turn .text').textContent.endsWith('End.')")
            #expect(try await browser.value(of: "Math.max(...changes.values())") == 1)
        }
    }

    @Test func `Two tabs show the same, whichever asks`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            let first = try await browser.openTab(page.url)
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await browser.click("#mute")
            // Muted, the answer goes on unheard.
            try await browser.go(to: first)
            try await page.waitFor(phase: "speaking")
            #expect(try await browser.text(of: ".turn .asked") == "Question")
            #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 1)
            try await browser.wait(until: "document.getElementById('mute').getAttribute('aria-pressed') === 'true'")
        }
    }

    @Test(.endurance) func `What was missed is made up for, as far as it is kept`() async throws {
        let mayEnd = Gate()
        try await ServedPage.with(model: { request, connection in
            if String(decoding: request.body, as: UTF8.self).contains("Question two") {
                return try await connection.send(OllamaWire.chat(tokens: ["I am still here."]))
            }
            try await connection.send(OllamaWire.head + OllamaWire.chat("It begins. "))
            try await mayEnd.opened()
            try await connection.send(OllamaWire.chat("It ends.") + OllamaWire.chatDone() + HTTPWire.lastChunk)
        }) { page in
            let browser = page.browser
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            // As when the network comes back: the page looks at once, here in vain.
            try await browser.block(["*/v1/events*"])
            try await browser.run("window.dispatchEvent(new Event('online'))")
            try await browser.wait(until: "!(\(Self.isConnected))")
            mayEnd.open()
            // More than the daemon keeps: each change is an event.
            try await browser.run(
                """
                const change = (volume) => fetch('/v1/status', { method: 'PUT', body: JSON.stringify({ volume }),
                    headers: { 'Content-Type': 'application/json' } });
                return (async () => {
                    for (;;) {
                        const { finished } = await (await fetch('/v1/status')).json();
                        if (finished) break;
                    }
                    for (let round = 0; round < 420; round++) await Promise.all([90, 95, 100, 105, 110].map(change));
                })();
                """)
            try await browser.block([])
            try await browser.run("window.dispatchEvent(new Event('online'))")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.text(of: ".turn .said") == "It begins. It ends.")
            #expect(try await browser.value(of: "document.querySelectorAll('.turn').length") == 1)
            try await page.ask("Question two")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.text(of: ".turn:last-child .said") == "I am still here.")
        }
    }

    @Test func `A daemon that stays away is asked for more and more seldom`() async throws {
        try await Browser.with { browser in
            // Time that goes faster, for the page alone.
            try await browser.prepare(
                """
                const real = window.setTimeout;
                window.pauses = [];
                window.setTimeout = (action, time, ...rest) => {
                    if (time < 500) return real(action, time, ...rest);
                    pauses.push(time / 1000);
                    return real(action, time / 100, ...rest);
                };
                """)
            try await ServedPage.withDaemon(model: Self.hello) { daemon, url in
                try await browser.open(url)
                try await browser.wait(until: Self.isConnected)
                try await browser.run("pauses.length = 0")
                daemon.send(.kill)
                try await browser.wait(until: "pauses.length >= 8")
            }
            let pauses: [Double] = try await browser.value(of: "pauses")
            for (pause, mean) in zip(pauses, [1, 2, 4, 8, 16, 30, 30, 30] as [Double]) {
                #expect((mean * 0.75...mean * 1.25).contains(pause), "\(pauses)")
            }
        }
    }

    @Test func `A daemon that was restarted wants its token again, another one, or none any more`() async throws {
        let port = try ReservedPort()
        let asks = "document.getElementById('login').open"
        try await Browser.with { browser in
            for token in ["one token", "one token", "another token", nil] {
                try await ServedPage.withDaemon(model: Self.hello, token: token, port: port) { _, url in
                    if try await browser.value(of: "location.protocol") != "http:" { try await browser.open(url) }
                    // It would look by itself, but after some time.
                    try await browser.run("window.dispatchEvent(new Event('online'))")
                    if let token {
                        try await browser.wait(until: asks)
                        try await browser.type(token + Browser.enter, into: "#token")
                    }
                    try await browser.wait(until: "\(Self.isConnected) && !\(asks)")
                }
                try await browser.wait(until: "!(\(Self.isConnected))")
            }
        }
    }

    @Test func `The page follows the daemon's settings, and lets go of what was set by hand`() async throws {
        let port = try ReservedPort()
        let state = SoundWorld.shared.path("state")
        func withDaemon(_ settings: String, _ body: (String) async throws -> Void) async throws {
            try await ServedPage.withDaemon(model: Self.hello, port: port, state: state, settings: settings) { _, url in
                try await body(url)
            }
        }
        try await Browser.with { browser in
            func sees(_ rate: Int, setByHand: Bool) async throws {
                try await browser.wait(
                    until: """
                        \(Self.isConnected) && document.getElementById('rate').value === '\(rate)'
                            && document.getElementById('rate-value').textContent === '\(rate) words/min'
                            && document.getElementById('rate-reset').hidden === \(!setByHand)
                        """)
            }
            try await withDaemon("speech: {rate_wpm: 200}") { url in
                try await browser.open(url)
                try await sees(200, setByHand: false)
                try await browser.type("\u{E014}", into: "#rate")
                try await sees(205, setByHand: true)
            }
            try await browser.wait(until: "!(\(Self.isConnected))")
            try await withDaemon("speech: {rate_wpm: 300}\npersonas: {pirate: {system_prompt: Arr}}") { _ in
                try await browser.run("window.dispatchEvent(new Event('online'))")
                try await sees(205, setByHand: true)
                try await browser.wait(until: "document.querySelector('#persona option[value=pirate]')")
                try await browser.click("#rate-reset")
                try await sees(300, setByHand: false)
                #expect(try await browser.value(of: "document.activeElement.id") == "rate")
                let rate: String = try await browser.value(
                    of: "fetch('/v1/status').then((reply) => reply.json()).then(({ rate }) => JSON.stringify(rate))")
                #expect(rate == "null")
            }
        }
    }

    @Test func `While the model is being loaded the page says so, and no longer`() async throws {
        let mayLoad = Gate()
        try await Browser.with { browser in
            try await ServedPage.withDaemon(
                model: Self.hello,
                preload: { _, connection in
                    try await mayLoad.opened()
                    try await connection.send(OllamaWire.chat(tokens: []))
                }
            ) { _, url in
                try await browser.open(url)
                try await browser.wait(until: "!document.getElementById('connection').hidden")
                #expect(try await browser.text(of: "#connection") == "The model is being loaded…")
                // It passes by itself, and is no alarm.
                #expect(try await browser.value(of: "document.getElementById('connection').className") == "calm")
                mayLoad.open()
                try await browser.wait(until: "document.getElementById('connection').hidden")
            }
        }
    }
}
