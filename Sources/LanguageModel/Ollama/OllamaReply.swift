// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// One line of a reply of Ollama's `/api/chat` or `/api/generate`.
///
/// Every key may be missing or null, and unknown ones are normal. `created_at` is not read: its fraction has zero to
/// nine digits.
struct OllamaLine: Decodable, Sendable {
    /// Where `/api/chat` has the text; `/api/generate` has it at the top.
    struct Message: Decodable, Sendable {
        let content: String?
        let thinking: String?

        private enum CodingKeys: String, CodingKey { case content, thinking }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            content = container.ifSound(.content)
            thinking = container.ifSound(.thinking)
        }
    }

    let text: String?
    let thinking: String?
    let isDone: Bool
    let doneReason: String?
    let error: JSONValue?
    let promptTokens: Int?
    let outputTokens: Int?
    let generation: Duration?

    private enum CodingKeys: String, CodingKey {
        case message, response, thinking, done, error
        case doneReason = "done_reason"
        case promptEvalCount = "prompt_eval_count"
        case evalCount = "eval_count"
        case evalDuration = "eval_duration"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let message: Message? = container.ifSound(.message)
        text = message?.content ?? container.ifSound(.response)
        thinking = message?.thinking ?? container.ifSound(.thinking)
        isDone = container.ifSound(.done) ?? false
        doneReason = container.ifSound(.doneReason)
        error = container.ifSound(.error)
        promptTokens = container.ifCount(.promptEvalCount)
        outputTokens = container.ifCount(.evalCount)
        generation = container.ifSound(.evalDuration).map { (nanoseconds: Int64) in .nanoseconds(nanoseconds) }
    }
}

/// Reads Ollama's NDJSON: `done: true` is the sign of success, `error` may come on any line.
struct OllamaReplyDecoder: ReplyDecoder {
    let diagnosis: Diagnosis

    private var lines = LineReader()
    private var hasBegun = false
    private var isOver = false

    init(diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    mutating func decode(_ bytes: [UInt8]) -> [ReplyElement] {
        var elements: [ReplyElement] = []
        var complete: [[UInt8]] = []
        do {
            try lines.read(bytes) { complete.append($0) }
            for line in complete { read(line, into: &elements) }
        } catch {
            for line in complete { read(line, into: &elements) }
            fail(error, into: &elements)
        }
        return elements
    }

    mutating func end() -> [ReplyElement] {
        var elements: [ReplyElement] = []
        if let line = lines.takeRest(), !isCut(line) { read(line, into: &elements) }
        fail(.truncated, into: &elements)
        return elements
    }

    /// Half a line tells of a connection that broke, not of a server that speaks something else.
    private func isCut(_ line: [UInt8]) -> Bool {
        (hasBegun || line.first { $0 > 0x20 } == UInt8(ascii: "{"))
            && (try? JSON.decode(OllamaLine.self, from: line)) == nil
    }

    private mutating func read(_ bytes: [UInt8], into elements: inout [ReplyElement]) {
        guard !isOver, bytes.contains(where: { $0 > 0x20 }) else { return }
        guard let line = try? JSON.decode(OllamaLine.self, from: bytes) else {
            return fail(diagnosis.notJSON(bytes), into: &elements)
        }
        if let error = line.error, error != .null {
            return fail(diagnosis.fault(Complaint(error)), into: &elements)
        }
        if let thinking = line.thinking, !thinking.isEmpty {
            hasBegun = true
            elements.append(.event(.thinking(thinking)))
        }
        if let text = line.text, !text.isEmpty {
            hasBegun = true
            elements.append(.event(.text(text)))
        }
        if line.isDone {
            isOver = true
            elements.append(.success(summary(line), isFinal: true))
        }
    }

    private mutating func fail(_ fault: Fault, into elements: inout [ReplyElement]) {
        guard !isOver else { return }
        isOver = true
        elements.append(.failed(fault))
    }

    private func summary(_ line: OllamaLine) -> ModelSummary {
        ModelSummary(
            finish: .init(reason: line.doneReason),
            promptTokens: line.promptTokens,
            outputTokens: line.outputTokens,
            generation: line.generation)
    }
}
