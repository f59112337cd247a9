// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

extension UtterProgram {
    /// Where a daemon that runs in this home folder listens.
    var daemon: String { path("utter/utter.sock") }

    /// Runs the daemon with the configuration of this home folder while `body` runs, starting once it is ready.
    @discardableResult
    func serve(
        environment: [String: String] = [:], while body: (Running) async throws -> Void
    ) async throws -> Result {
        try await run(["serve", "--config", "config.yaml"], environment: environment) { running in
            try await running.errors(holding: "The model is loaded.")
            try await body(running)
            running.send(.terminate)
            try await running.end()
        }
    }

    /// How many answers of the running daemon were heard, according to its own metrics.
    func answersHeard() async throws -> Int? {
        // It speaks one after another: once this was heard, so were those.
        _ = try await HTTPExchange.send("POST /v1/say", json: #"{"text":"End.","policy":"queue"}"#, to: daemon)
        let page = try await HTTPExchange.send("GET /metrics", to: daemon)
        let sounds = page.text.firstMatch(of: /utter_first_sound_seconds_count (\d+)/)?.1
        return sounds.flatMap { Int($0) }.map { $0 - 1 }
    }
}

extension OllamaWire {
    /// An Ollama that answers "Why?" with `chat`, and the daemon's warm-up with a word.
    static func serverOfDaemon(answering chat: @escaping FaultServer.Script) -> FaultServer.Script {
        server(chat: { request, connection in
            guard request.text.contains("Why?") else {
                return try await connection.send(OllamaWire.chat(tokens: ["Hello."]))
            }
            try await chat(request, connection)
        })
    }
}
