// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP

/// Ollama's `/api/generate`: one prompt and a system prompt. Earlier turns become a part of the prompt.
struct OllamaGenerate: Dialect {
    func url(at address: ServerAddress) -> HTTPURL {
        address.ollama("/api/generate")
    }

    func body(for request: ModelRequest) throws -> [UInt8] {
        let system = request.messages.filter { $0.role == .system }.map(\.content)
        let turns = request.messages.filter { $0.role != .system }
        var body: [String: JSONValue] = [
            "model": .string(request.model),
            "prompt": .string(Self.prompt(turns)),
            "stream": true,
        ]
        if !system.isEmpty { body["system"] = .string(system.joined(separator: "\n\n")) }
        body.merge(request.ollamaSettings) { $1 }
        return try JSON.encode(body)
    }

    private static func prompt(_ turns: [ModelRequest.Message]) -> String {
        // Without a prompt the server only loads the model.
        if turns.count <= 1 { return turns.first?.content ?? "" }
        let transcript = turns.map { ($0.role == .user ? "User: " : "Assistant: ") + $0.content }
        return (transcript + ["Assistant:"]).joined(separator: "\n")
    }

    func decoder(diagnosis: Diagnosis) -> any ReplyDecoder {
        OllamaReplyDecoder(diagnosis: diagnosis)
    }
}
