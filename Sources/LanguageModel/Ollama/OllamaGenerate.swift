// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Ollama's `/api/generate`: one prompt and a system prompt. Earlier messages become part of the prompt.
struct OllamaGenerate: OllamaDialect {
    func url(at address: ServerAddress) -> HTTPURL { address.ollama("/api/generate") }

    func body(for request: ModelRequest) throws -> [UInt8] {
        let system = request.messages.filter { $0.role == .system }.map(\.content)
        var body = request.ollamaSettings
        body["prompt"] = .string(Self.prompt(request.messages.filter { $0.role != .system }))
        if !system.isEmpty { body["system"] = .string(system.joined(separator: "\n\n")) }
        return try JSON.encode(body)
    }

    private static func prompt(_ turns: [ModelRequest.Message]) -> String {
        // Without a prompt, the server would only load the model.
        if turns.count <= 1 { return turns.first?.content ?? "" }
        let transcript = turns.map { ($0.role == .user ? "User: " : "Assistant: ") + $0.content }
        return (transcript + ["Assistant:"]).joined(separator: "\n")
    }
}
