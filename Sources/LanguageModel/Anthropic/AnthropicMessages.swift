// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// Anthropic's `/v1/messages`, and gateways that speak it (https://platform.claude.com/docs/en/api/messages).
struct AnthropicMessages: Dialect {
    var defaultAddress: ServerAddress? { Self.address }
    var adviceOnPath: String { "check the address; it is written without /v1/messages" }

    private static let address = ServerAddress(scheme: "https", host: "api.anthropic.com", port: 443, path: "")

    /// The API requires a limit. This is about 15 minutes of speech, and every model accepts it.
    private static let longestAnswer: JSONValue = 4096

    func headers(key: String?) -> [(String, String)] {
        [("anthropic-version", "2023-06-01")] + (key.map { [("x-api-key", $0)] } ?? [])
    }

    func url(at address: ServerAddress) -> HTTPURL { address.versioned("/messages") }

    func models(at address: ServerAddress) -> (url: HTTPURL, key: String) {
        (address.versioned("/models?limit=1000"), "data")
    }

    func body(for request: ModelRequest) throws -> [UInt8] {
        let system = request.messages.filter { $0.role == .system }.map(\.content)
        var body = request.options
        for (name, its) in [("num_predict", "max_tokens"), ("stop", "stop_sequences")] {
            if let value = body.removeValue(forKey: name) { body[its] = body[its] ?? value }
        }
        body["max_tokens"] = body["max_tokens"] ?? Self.longestAnswer
        switch request.think {
        case nil: break
        case .off: body["thinking"] = ["type": "disabled"]
        case .on, .low, .medium, .high, .max:
            body["thinking"] = ["type": "adaptive"]
            if let effort = request.think?.level { body["output_config"] = ["effort": .string(effort)] }
        }
        body["model"] = .string(request.model)
        if !system.isEmpty { body["system"] = .string(system.joined(separator: "\n\n")) }
        // The API rejects a message without text.
        body["messages"] = request.messages.filter { $0.role != .system && !$0.content.isEmpty }.json
        body["stream"] = true
        return try JSON.encode(body)
    }

    /// Nothing needs to be loaded, and a question costs money.
    func preparations(for request: ModelRequest) -> [ModelRequest] { [] }

    /// A `stop_reason` or `message_stop` means success.
    func decoder(mapper: FaultMapper) -> any ReplyDecoder {
        EventReplyDecoder(mapper: mapper, read: Self.part)
    }

    /// Reads an event, or the whole answer of a gateway that doesn't stream. Signatures, pings and unknown events are
    /// ignored.
    static func part(_ event: JSONValue) -> ReplyPart {
        var part = ReplyPart()
        part.error = event["error"]
        let usage = event["usage"] ?? event["message"]?["usage"]
        part.promptTokens = usage?["input_tokens"]?.count
        part.outputTokens = usage?["output_tokens"]?.count
        switch event["type"]?.text {
        case "content_block_start": (part.text, part.thinking) = text(of: event["content_block"])
        case "content_block_delta": (part.text, part.thinking) = text(of: event["delta"])
        case "message_delta": part.finishReason = event["delta"]?["stop_reason"]?.text
        case "message_stop": part.isLast = true
        case "message":
            part.text = event["content"]?.wholeText
            part.finishReason = event["stop_reason"]?.text
        default: return part
        }
        part.isAnswer = true
        return part
    }

    private static func text(of block: JSONValue?) -> (text: String?, thinking: String?) {
        (block?["text"]?.text, block?["thinking"]?.text)
    }

    var options: [String: ModelOptions.Kind] {
        [
            "temperature": .number, "top_p": .number, "top_k": .integer, "max_tokens": .integer,
            "num_predict": .integer, "stop": .texts, "stop_sequences": .texts, "thinking": .any,
            "output_config": .any, "metadata": .any, "service_tier": .any,
        ]
    }
}
