// SPDX-License-Identifier: GPL-3.0-or-later

/// One event of a `/v1/chat/completions` stream, or the whole answer of a server that doesn't stream.
///
/// Every key may be missing or null, and unknown ones are normal.
struct OpenAIChunk: Decodable, Sendable {
    var text: String?
    var thinking: String?
    /// Why the model stopped; `nil` while it goes on.
    var finishReason: String?
    var error: JSONValue?
    var promptTokens: Int?
    var outputTokens: Int?
    var generation: Duration?
    /// Whether it holds an answer, or a piece of one; gateways mix in events that don't.
    var hasChoice = false

    private enum CodingKeys: String, CodingKey { case choices, error, usage, timings }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        error = container.ifSound(.error)
        let choices: [Choice] = container.ifSound(.choices) ?? []
        if let choice = choices.first(where: { ($0.index ?? 0) == 0 }) {
            hasChoice = true
            text = choice.content?.text ?? choice.text
            thinking = choice.content?.thinking
            finishReason = choice.finishReason
        }
        let usage: Usage? = container.ifSound(.usage)
        let timings: Timings? = container.ifSound(.timings)
        promptTokens = usage?.promptTokens
        outputTokens = usage?.completionTokens ?? timings?.predictedCount
        generation = timings?.predicted
    }

    /// The tokens of the answer, in the usual place.
    private struct Usage: Decodable {
        let promptTokens: Int?
        let completionTokens: Int?

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            promptTokens = container.ifCount(.promptTokens)
            completionTokens = container.ifCount(.completionTokens)
        }
    }

    /// llama.cpp's own figures.
    private struct Timings: Decodable {
        let predictedCount: Int?
        let predicted: Duration?

        private enum CodingKeys: String, CodingKey {
            case predictedCount = "predicted_n"
            case predictedMilliseconds = "predicted_ms"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            predictedCount = container.ifCount(.predictedCount)
            let milliseconds: Double? = container.ifSound(.predictedMilliseconds)
            // A duration doesn't hold any number.
            predicted = milliseconds.flatMap { (0...1e12).contains($0) ? .milliseconds($0) : nil }
        }
    }
}

/// One of the answers; only number 0 is asked for.
private struct Choice: Decodable {
    let index: Int?
    /// From `delta`, or `message` where the answer came whole.
    let content: Content?
    /// Where plain completions have it.
    let text: String?
    let finishReason: String?

    private enum CodingKeys: String, CodingKey {
        case index, delta, message, text
        case finishReason = "finish_reason"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        index = container.ifSound(.index)
        content = container.ifSound(.delta) ?? container.ifSound(.message)
        text = container.ifSound(.text)
        finishReason = container.ifSound(.finishReason)
    }
}

/// What a `delta` or a `message` says. The name of the field for reasoning depends on the server and its version.
private struct Content: Decodable {
    let text: String?
    let thinking: String?

    private enum CodingKeys: String, CodingKey {
        case content, reasoning, thinking
        case reasoningContent = "reasoning_content"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        text = container.ifSound(.content) ?? container.ifSound(.content).map { (parts: [Part]) in parts.text }
        // Servers that rename the field send both names for a while, with the same text.
        let fields: [String?] = [
            container.ifSound(.reasoning), container.ifSound(.reasoningContent), container.ifSound(.thinking),
        ]
        thinking = fields.lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

}

/// Some gateways send content as an array of typed parts.
private struct Part: Decodable {
    let text: String?
}

extension [Part] {
    fileprivate var text: String { compactMap(\.text).joined() }
}
