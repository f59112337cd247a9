// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
package import Utterance

/// `/v1/chat/completions`, as offered by OpenAI, llama.cpp, vLLM, LocalAI, OneAPI and many others.
struct OpenAIChat: Dialect {
    var adviceOnPath: String { "check the address; it is written without /chat/completions" }

    func url(at address: ServerAddress) -> HTTPURL { address.versioned("/chat/completions") }

    func body(for request: ModelRequest) throws -> [UInt8] {
        var body = request.options
        if let limit = body.removeValue(forKey: "num_predict") { body["max_tokens"] = body["max_tokens"] ?? limit }
        body.merge(Self.settings(request.think)) { $1 }
        body["model"] = .string(request.model)
        body["messages"] = request.messages.json
        body["stream"] = true
        return try JSON.encode(body)
    }

    /// Ollama and the cloud services expect an effort, llama.cpp and vLLM a variable of the model's chat template.
    private static func settings(_ think: Think?) -> [String: JSONValue] {
        let effort: JSONValue
        switch think {
        case nil: return [:]
        case .on: effort = "medium"
        case .off: effort = "none"
        case .max: effort = "high"
        case .low, .medium, .high: effort = .string(think?.rawValue ?? "")
        }
        return ["reasoning_effort": effort, "chat_template_kwargs": ["enable_thinking": .bool(think != .off)]]
    }

    /// Uses the name of the token limit that the request already has, if it has one.
    func preparations(for request: ModelRequest) -> [ModelRequest] {
        let limit = request.options["max_completion_tokens"] == nil ? "max_tokens" : "max_completion_tokens"
        var shortest = request
        for option in ["num_predict", "max_tokens"] { shortest.options[option] = nil }
        return [shortest.shortest(limiting: limit)]
    }

    /// A `finish_reason` means success. `[DONE]` doesn't, since vLLM, LocalAI and OneAPI also send it after errors; and
    /// its absence doesn't mean failure.
    func decoder(mapper: FaultMapper) -> any ReplyDecoder {
        EventReplyDecoder(mapper: mapper, read: Self.part)
    }

    /// Reads an event, or the whole answer of a server that doesn't stream. Any key may be missing or null, and unknown
    /// keys are normal.
    static func part(_ event: JSONValue) -> ReplyPart {
        var part = ReplyPart()
        part.error = event["error"]
        if let choice = event["choices"]?.elements?.first(where: { ($0["index"]?.count ?? 0) == 0 }) {
            let delta = choice["delta"]
            let content = delta ?? choice["message"]
            part.isAnswer = true
            // Servers that parse tool calls late repeat a call as content in the same delta.
            if delta?.callsTool != true {
                let text = content?["content"]?.wholeText
                part.text = (text?.isEmpty == false ? text : content?["refusal"]?.text ?? text) ?? choice["text"]?.text
            }
            // The field's name depends on the server and its version; servers that rename it send both for a while.
            part.thinking = ["reasoning", "reasoning_content", "thinking"].lazy.compactMap { content?[$0]?.text }
                .first { !$0.isEmpty }
            part.finishReason = choice["finish_reason"]?.text
        }
        part.promptTokens = event["usage"]?["prompt_tokens"]?.count
        // llama.cpp adds its own statistics.
        part.outputTokens = event["usage"]?["completion_tokens"]?.count ?? event["timings"]?["predicted_n"]?.count
        // A `Duration` can't represent every number.
        part.generation = event["timings"]?["predicted_ms"]?.double
            .flatMap { (0...1e12).contains($0) ? .milliseconds($0) : nil }
        return part
    }

    /// OpenAI's own options, and those that llama.cpp and vLLM add.
    var options: [String: ModelOptions.Kind] {
        [
            "temperature": .number, "top_p": .number, "max_tokens": .integer, "max_completion_tokens": .integer,
            "stop": .texts, "seed": .integer, "presence_penalty": .number, "frequency_penalty": .number,
            "logit_bias": .any, "response_format": .any, "stream_options": .any, "reasoning_effort": .any,
            "chat_template_kwargs": .any, "user": .any, "top_k": .integer, "min_p": .number, "typical_p": .number,
            "repeat_penalty": .number, "repetition_penalty": .number, "return_progress": .bool,
        ]
    }
}

extension [ModelRequest.Message] {
    /// In the form that Ollama's chat, OpenAI and Anthropic accept.
    var json: JSONValue {
        .array(map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    }
}

extension JSONValue {
    /// The text, or the joined parts that some gateways send.
    var wholeText: String? {
        text ?? elements.map { $0.compactMap { $0["text"]?.text ?? $0["refusal"]?.text }.joined() }
    }

    /// Whether a message, or a part of one, calls a tool.
    package var callsTool: Bool {
        if case .array(let calls) = self["tool_calls"], !calls.isEmpty { return true }
        if case .object(let call) = self["function_call"], !call.isEmpty { return true }
        return false
    }
}
