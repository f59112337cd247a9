// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Utterance

/// What the daemon needs to know of a request to `/api/chat` or `/api/generate` that is passed through.
struct OllamaRequest: Sendable {
    /// The user's last message.
    let prompt: String
    /// The reply comes in lines.
    let isStreamed: Bool
    /// The answer is heard.
    let speaks: Bool

    /// - Parameter body: if it can't be understood, Ollama will say so.
    /// - Throws: ``APIError`` for an invalid header.
    init(_ body: [UInt8], headers: HTTPFields) throws(APIError) {
        let fields = (try? JSON.object(body)) ?? .null
        prompt = Self.prompt(fields)
        isStreamed = fields["stream"] != false
        // Without a question it only loads the model. Clients also ask for titles and tags, which nobody wants to hear:
        // without streaming, or in a format.
        let isTalk = isStreamed && fields["format"].isNothing && fields["tools"].isNothing
        speaks = try headers.wantsSpeech() ?? isTalk && !prompt.isEmpty
    }

    private static func prompt(_ fields: JSONValue) -> String {
        if let prompt = fields["prompt"]?.text { return prompt }
        return fields["messages"]?.elements?.last { $0["role"] == "user" }?["content"]?.text ?? ""
    }
}

extension JSONValue? {
    fileprivate var isNothing: Bool {
        switch self {
        case nil, .null, .array([]), .string(""): true
        default: false
        }
    }
}
