// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import NIOCore
import Utterance

/// The replies of `/v1/chat/completions`, whole and in chunks.
struct ChatCompletion: Sendable {
    /// The answer's name.
    let answer: String
    let model: String
    /// Seconds since 1970.
    let created: Int

    /// A server-sent event with a piece of the answer.
    func chunk(_ event: ModelEvent) -> ByteBuffer? {
        switch event {
        case .text(let text): chunk(["content": .string(text)])
        case .thinking(let text): chunk(["reasoning_content": .string(text)])
        case .connected, .notice: nil
        }
    }

    var firstChunk: ByteBuffer { chunk(["role": "assistant", "content": ""]) }

    /// - Parameter summary: `nil` if the answer was stopped.
    func lastChunk(_ summary: ModelSummary?) -> ByteBuffer {
        chunk([:], finish: Self.reason(summary))
    }

    func usageChunk(_ summary: ModelSummary?) -> ByteBuffer {
        Self.event(object("chat.completion.chunk", choices: [], ["usage": Self.usage(summary)]))
    }

    static let done = ByteBuffer(string: "data: [DONE]\n\n")

    private func chunk(_ delta: JSONValue, finish: JSONValue = .null) -> ByteBuffer {
        let choice: JSONValue = ["index": 0, "delta": delta, "finish_reason": finish]
        return Self.event(object("chat.completion.chunk", choices: [choice]))
    }

    /// The answer as a whole.
    func whole(_ text: String, reasoning: String, _ summary: ModelSummary?) -> JSONValue {
        var message: [String: JSONValue] = ["role": "assistant", "content": .string(text)]
        if !reasoning.isEmpty { message["reasoning_content"] = .string(reasoning) }
        let choice: JSONValue = [
            "index": 0, "message": .object(message), "finish_reason": Self.reason(summary),
        ]
        return object("chat.completion", choices: [choice], ["usage": Self.usage(summary)])
    }

    private func object(
        _ kind: JSONValue, choices: [JSONValue], _ more: [String: JSONValue] = [:]
    ) -> JSONValue {
        let members: [String: JSONValue] = [
            "id": .string("chatcmpl-\(answer)"), "object": kind, "created": .integer(created),
            "model": .string(model), "choices": .array(choices),
        ]
        return .object(members.merging(more) { $1 })
    }

    private static func reason(_ summary: ModelSummary?) -> JSONValue {
        switch summary?.finish {
        case nil, .stop: "stop"
        case .length: "length"
        case .other(let reason): .string(reason)
        }
    }

    /// As the model server reports it; null if it reports nothing.
    private static func usage(_ summary: ModelSummary?) -> JSONValue {
        guard let output = summary?.outputTokens else { return .null }
        let prompt = summary?.promptTokens ?? 0
        return [
            "prompt_tokens": .integer(prompt), "completion_tokens": .integer(output),
            "total_tokens": .integer(prompt + output),
        ]
    }

    static func event(_ value: JSONValue) -> ByteBuffer {
        // Encoding can't fail: no number in it is infinite.
        ByteBuffer(bytes: ServerSentEvent.bytes(data: (try? JSON.encode(value)) ?? []))
    }
}
