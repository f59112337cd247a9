// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// A daemon with a speaker that plays in real time, a model that answers as a test says, and a browser before its page.
struct ServedPage: Sendable {
    let browser: Browser
    let daemon: UtterProgram.Running
    let url: String

    /// - Parameters:
    ///   - model: called for each question; all of them begin with "Question".
    ///   - token: what clients have to show.
    static func with(
        model: @escaping FaultServer.Script = { _, connection in
            try await connection.send(OllamaWire.chat(tokens: ["Hello", " there."]))
        }, language: String = "en-US", token: String? = nil, _ body: (ServedPage) async throws -> Void
    ) async throws {
        try await Browser.with(language: language) { browser in
            try await withDaemon(model: model, token: token) { daemon, url in
                try await browser.open(url)
                try await body(ServedPage(browser: browser, daemon: daemon, url: url))
            }
        }
    }

    /// - Parameters:
    ///   - preload: answers what has the model loaded.
    ///   - port: where the daemon listens; a free one if not given.
    ///   - state: the folder where the daemon keeps what outlasts it.
    ///   - settings: beside those of the test's own parts.
    static func withDaemon(
        model: @escaping FaultServer.Script,
        preload: @escaping FaultServer.Script = { try await $1.send(OllamaWire.chat(tokens: [])) },
        token: String? = nil, port: ReservedPort? = nil, state: String? = nil, settings: String = "",
        _ body: (_ daemon: UtterProgram.Running, _ url: String) async throws -> Void
    ) async throws {
        let script = OllamaWire.server { request, connection in
            if String(decoding: request.body, as: UTF8.self).contains("Question") {
                try await model(request, connection)
            } else {
                try await preload(request, connection)
            }
        }
        try await FaultServer.run(script) { server in
            let settings = "model: {url: \"\(server.url)\", name: tiny}\n\(settings)"
            try await withDaemon(settings: settings, token: token, port: port, state: state, body)
        }
    }

    /// Like the function above, but without a model server, unless `settings` name one.
    static func withDaemon(
        settings: String = "", token: String? = nil, port: ReservedPort? = nil, state: String? = nil,
        _ body: (_ daemon: UtterProgram.Running, _ url: String) async throws -> Void
    ) async throws {
        let reserved = try port ?? ReservedPort()
        let address = "127.0.0.1:\(reserved.port)"
        defer { withExtendedLifetime(reserved) {} }
        try await SoundServer.withSink { sink in
            let utter = try UtterProgram(
                config: """
                    playback: {device: "\(sink.device)"}
                    server: {listen: ["\(address)"], socket: "off", requests_per_s: 10000}
                    \(settings)
                    """)
            var environment = SoundWorld.environment
            environment["UTTER_SERVER_TOKEN"] = token
            environment["STATE_DIRECTORY"] = state
            _ = try await utter.run(["serve", "--config", "config.yaml"], environment: environment) { daemon in
                try await daemon.errors(holding: "Listening on")
                try await body(daemon, "http://\(address)/")
                // What is kept is on the disk after this.
                daemon.send(state == nil ? .kill : .terminate)
                try await daemon.end()
            }
        }
    }

    func ask(_ prompt: String) async throws {
        try await browser.wait(until: "document.documentElement.dataset.connected === 'true'")
        try await browser.type(prompt + Browser.enter, into: "#prompt")
    }

    /// From now on the page collects in `lit` the words that were lit, strong ones as `**word**`, and in `phases` the phases
    /// of the newest turn. What is over before the driver's next request can't be waited for.
    func collect() async throws {
        try await browser.run(
            """
            window.lit = [];
            window.phases = [];
            new MutationObserver(() => {
                const now = document.querySelector('.turn.sounding .now');
                const word = now?.closest('strong') ? `**${now.textContent}**` : now?.textContent;
                if (word && word !== lit.at(-1)) lit.push(word);
                const phase = document.querySelector('.turn:last-child')?.dataset.phase;
                if (phase && phase !== phases.at(-1)) phases.push(phase);
            }).observe(document.getElementById('log'),
                { subtree: true, childList: true, characterData: true, attributes: true });
            """)
    }

    /// Waits until the newest answer is in a phase, which has to last.
    func waitFor(phase: String) async throws {
        try await browser.wait(until: "document.querySelector('.turn:last-child')?.dataset.phase === '\(phase)'")
    }
}
