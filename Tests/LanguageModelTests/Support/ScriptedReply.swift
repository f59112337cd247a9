// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import TestSupport
import Utterance

/// How an answer ended.
enum AnswerEnd: Equatable {
    case finish(ModelSummary.Finish)
    /// With the fault's code; the expectation needs only part of the message.
    case fault(Fault.Code, mentions: String)

    static func == (left: AnswerEnd, right: AnswerEnd) -> Bool {
        switch (left, right) {
        case (.finish(let left), .finish(let right)): left == right
        case (.fault(let left, let words), .fault(let right, let others)):
            left == right && (words.contains(others) || others.contains(words))
        default: false
        }
    }
}

/// Serves `reply` in writes of `count` bytes, then closes; requests it, and returns what came.
func answer(
    _ reply: [UInt8], by count: Int = 1 << 20, _ provider: Provider = .ollama
) async throws -> (heard: Listener, end: AnswerEnd) {
    try await FaultServer.run { _, connection in
        try await connection.send(reply, by: count)
    } while: { server in
        let listener = Listener()
        do {
            let summary = try await ModelServer(server, provider).answer(.hello, deliver: listener.hear)
            return (listener, .finish(summary.finish))
        } catch let fault as Fault {
            return (listener, .fault(fault.code, mentions: fault.message))
        }
    }
}

func answer(_ reply: [UInt8], _ provider: Provider) async throws -> (heard: Listener, end: AnswerEnd) {
    try await answer(reply, by: 1 << 20, provider)
}

/// A reply that has said "Hi" so far.
func begunReply(_ provider: Provider) -> String {
    switch provider {
    case .ollama: OllamaWire.head + OllamaWire.chat("Hi")
    case .ollamaGenerate: OllamaWire.head + HTTPWire.chunk(#"{"response":"Hi","done":false}"# + "\n")
    case .openAI: OpenAIWire.head + HTTPWire.chunk(OpenAIWire.event("Hi"))
    case .anthropic: AnthropicWire.head + HTTPWire.chunk(AnthropicWire.delta(json: #""Hi""#))
    }
}
