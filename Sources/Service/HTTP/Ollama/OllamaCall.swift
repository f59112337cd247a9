import FoundationEssentials
import HTTPTypes
import LanguageModel
// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What has to be known of a request to `/api/chat` or `/api/generate` that is passed through.
struct OllamaCall: Sendable {
    /// The last that the user said.
    let prompt: String
    /// The reply comes in lines.
    let isStreamed: Bool
    /// The answer is heard.
    let speaks: Bool

    /// - Parameter body: what can't be understood is Ollama's to complain of.
    /// - Throws: ``APIError`` for a header that makes no sense.
    init(_ body: [UInt8], headers: HTTPFields) throws(APIError) {
        let members = (try? JSONDecoder().decode(JSONValue.self, from: Data(body))) ?? .null
        prompt = Self.prompt(members)
        isStreamed = members["stream"] != false
        // Without a question it only loads the model. Clients also ask for titles and tags, which nobody wants to hear:
        // in one piece, or in a form.
        let isTalk = isStreamed && members["format"].isNothing && members["tools"].isNothing
        speaks = try headers.wantsSpeech() ?? isTalk && !prompt.isEmpty
    }

    private static func prompt(_ members: JSONValue) -> String {
        if case .string(let prompt) = members["prompt"] { return prompt }
        guard case .array(let messages) = members["messages"] else { return "" }
        let last = messages.last { $0["role"] == "user" }?["content"]
        if case .string(let content) = last { return content }
        return ""
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
