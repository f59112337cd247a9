// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A line of `/api/chat`, which has the text in a message, or of `/api/generate`, which has it at the top level.
///
/// A key that is missing, null or of another type is ignored, and so are unknown keys. Decoding only these keys takes a
/// third of the time of a ``JSONValue``.
struct OllamaLine: ReplyLine {
    let part: ReplyPart

    private enum Key: String, CodingKey {
        case message, content, response, thinking, error, done
        case finishReason = "done_reason"
        case promptTokens = "prompt_eval_count"
        case outputTokens = "eval_count"
        case generation = "eval_duration"
    }

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: Key.self)
        let message = try? line.nestedContainer(keyedBy: Key.self, forKey: .message)
        var part = ReplyPart()
        part.text = message?[.content] ?? line[.response]
        part.thinking = message?[.thinking] ?? line[.thinking]
        part.error = line[.error]
        part.isLast = line[.done] ?? false
        part.finishReason = line[.finishReason]
        part.promptTokens = line[.promptTokens].flatMap(JSONValue.count)
        part.outputTokens = line[.outputTokens].flatMap(JSONValue.count)
        part.generation = line[.generation].map { (nanoseconds: Int) in .nanoseconds(nanoseconds) }
        self.part = part
    }
}

extension KeyedDecodingContainer {
    fileprivate subscript<Value: Decodable>(key: Key) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
    }
}
