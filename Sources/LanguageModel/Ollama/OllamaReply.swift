// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Reads a reply with a JSON object on every line.
struct OllamaReplyDecoder: ReplyDecoder {
    private let mapper: FaultMapper
    private var lines = LineReader()
    private var reply: ReplyProgress

    init(mapper: FaultMapper) {
        self.mapper = mapper
        reply = ReplyProgress(mapper)
    }

    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement] {
        var complete: [[UInt8]] = []
        let overflow = Result { () throws(Fault) in try lines.read(bytes) { complete.append($0) } }
        for line in complete { add(line) }
        if case .failure(let fault) = overflow { reply.fail(fault) }
        return reply.take()
    }

    mutating func end() -> [ReplyElement] {
        if let line = lines.takeRest(), !isCut(line) { add(line) }
        reply.end()
        return reply.take()
    }

    /// Whether a line is incomplete: half a line means a broken connection, not a server that speaks another protocol.
    private func isCut(_ line: [UInt8]) -> Bool {
        (reply.hasBegun || line.first { $0 > 0x20 } == UInt8(ascii: "{")) && !JSON.isValid(line)
    }

    private mutating func add(_ line: [UInt8]) {
        guard !line.isBlank else { return }
        guard let line = try? JSON.decode(OllamaLine.self, from: line) else { return reply.fail(mapper.notJSON(line)) }
        reply.add(line.part)
    }
}

/// A line of `/api/chat`, which has the text in a message, or of `/api/generate`, which has it at the top level.
///
/// A key that is missing, null or of another type is ignored, and so are unknown keys. Decoding only these keys takes a
/// third of the time of a ``JSONValue``.
struct OllamaLine: Decodable, Sendable {
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
