// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP

/// `/v1/chat/completions`, as OpenAI, llama.cpp, vLLM, LocalAI, OneAPI and many others offer it.
struct OpenAIChat: Dialect {
    func url(at address: ServerAddress) -> HTTPURL {
        address.openAI("/chat/completions")
    }

    func body(for request: ModelRequest) throws -> [UInt8] {
        var body = request.options
        if let limit = body.removeValue(forKey: "num_predict") { body["max_tokens"] = body["max_tokens"] ?? limit }
        body.merge(Self.settings(request.think)) { $1 }
        body["model"] = .string(request.model)
        body["messages"] = request.messages.json
        body["stream"] = true
        return try JSON.encode(body)
    }

    /// Ollama and the cloud services take an effort, llama.cpp and vLLM a variable of the model's chat template.
    private static func settings(_ think: Think?) -> [String: JSONValue] {
        let effort: JSONValue
        switch think {
        case nil: return [:]
        case .on: effort = "medium"
        case .off: effort = "none"
        case .level(let level): effort = level == "max" ? "high" : .string(level)
        }
        return [
            "reasoning_effort": effort,
            "chat_template_kwargs": ["enable_thinking": .bool(think != .off)],
        ]
    }

    func decoder(diagnosis: Diagnosis) -> any ReplyDecoder {
        OpenAIReplyDecoder(diagnosis: diagnosis)
    }
}

extension [ModelRequest.Message] {
    /// As both Ollama's chat and OpenAI's take them.
    var json: JSONValue {
        .array(map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    }
}
