// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP

/// Ollama's `/api/chat`.
struct OllamaChat: Dialect {
    func url(at address: ServerAddress) -> HTTPURL {
        address.ollama("/api/chat")
    }

    func body(for request: ModelRequest) throws -> [UInt8] {
        var body: [String: JSONValue] = [
            "model": .string(request.model),
            "messages": request.messages.json,
            "stream": true,
        ]
        body.merge(request.ollamaSettings) { $1 }
        return try JSON.encode(body)
    }

    func decoder(diagnosis: Diagnosis) -> any ReplyDecoder {
        OllamaReplyDecoder(diagnosis: diagnosis)
    }
}

extension ModelRequest {
    /// What `/api/chat` and `/api/generate` take alike. What isn't set is left out, so that the server decides.
    var ollamaSettings: [String: JSONValue] {
        var settings: [String: JSONValue] = [:]
        if !options.isEmpty { settings["options"] = .object(options) }
        if let keepAlive { settings["keep_alive"] = keepAlive.json }
        switch think {
        case nil: break
        case .on: settings["think"] = true
        case .off: settings["think"] = false
        case .level(let level): settings["think"] = .string(level)
        }
        return settings
    }
}
