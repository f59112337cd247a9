import HTTPTypes
import LanguageModel
// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// A request to `/v1/chat/completions`. Members that mean nothing here are accepted, as clients expect.
struct ChatCall: Sendable {
    let chat: ChatRequest
    /// As the client knows the model.
    let modelName: String
    let isStreamed: Bool
    /// A last chunk tells the tokens.
    let includesUsage: Bool
    /// The answer is heard.
    let speaks: Bool

    /// The name by which the daemon's own model is asked.
    static let ownModel = "utter"

    /// - Throws: ``OpenAIError``, ``APIError``.
    init(_ members: [String: JSONValue], headers: HTTPFields) throws {
        let (name, wish) = Self.parse(model: try members.text("model") ?? Self.ownModel)
        modelName = name
        isStreamed = try members.flag("stream") ?? false
        includesUsage = members["stream_options"]?["include_usage"] == true
        // Clients also ask for titles and tags, which nobody wants to hear: in one piece, or in a form.
        let isTalk = isStreamed && !members.asksForForm
        speaks = try headers.wantsSpeech() ?? wish ?? isTalk
        chat = ChatRequest(
            messages: try Self.messages(members["messages"]), model: name == Self.ownModel ? nil : name,
            options: try Self.options(members))
    }

    /// A model's name may end in `:spoken` or `:silent`, for clients that can send no header.
    private static func parse(model: String) -> (name: String, wish: Bool?) {
        var (name, wish) = (model, Bool?.none)
        for (suffix, value) in [(":spoken", true), (":silent", false)] where model.hasSuffix(suffix) {
            (name, wish) = (String(model.dropLast(suffix.count)), value)
        }
        return (name.isEmpty ? ownModel : name, wish)
    }

    private static func messages(_ value: JSONValue?) throws -> [ModelRequest.Message] {
        guard case .array(let entries) = value, !entries.isEmpty else {
            throw OpenAIError.invalid("messages", "has to be an array that is not empty.")
        }
        let messages = try entries.enumerated().compactMap { index, entry -> ModelRequest.Message? in
            let place = "messages[\(index)]"
            guard let role = try role(entry["role"], place) else { return nil }
            let text = try text(entry["content"] ?? .null, "\(place).content")
            // A call of a tool says nothing, and its result is left out as well.
            let isCall = role == .assistant && text.isEmpty && entry.callsTool
            return isCall ? nil : ModelRequest.Message(role, text)
        }
        guard !messages.isEmpty else {
            throw OpenAIError.invalid("messages", "has to hold more than calls of tools and their results.")
        }
        return messages
    }

    /// - Returns: nil for the result of a tool: the daemon's model has none.
    private static func role(_ value: JSONValue?, _ place: String) throws -> ModelRequest.Message.Role? {
        switch value {
        case "system", "developer": .system
        case "user": .user
        case "assistant": .assistant
        case "tool", "function": nil
        default: throw OpenAIError.invalid("\(place).role", "has to be system, developer, user, assistant or tool.")
        }
    }

    private static func text(_ value: JSONValue, _ place: String) throws -> String {
        switch value {
        case .string(let text): return text
        case .null: return ""
        case .array(let parts):
            return try parts.map { part in
                guard part["type"] == "text", case .string(let text) = part["text"] else {
                    throw OpenAIError.invalid(place, "holds a part that is not text; only text can be asked here.")
                }
                return text
            }.joined()
        default: throw OpenAIError.invalid(place, "has to be a string, or an array of parts of type text.")
        }
    }

    /// Those that servers of every kind know, with Ollama's names for them.
    private static let numbers = ["temperature", "top_p", "presence_penalty", "frequency_penalty"]
    private static let integers = [
        "seed": "seed", "max_tokens": "num_predict", "max_completion_tokens": "num_predict",
    ]

    private static func options(_ members: [String: JSONValue]) throws -> [String: JSONValue] {
        var options: [String: JSONValue] = [:]
        for name in numbers {
            switch members[name] {
            case nil, .null: break
            case .integer, .number: options[name] = members[name]
            default: throw OpenAIError.invalid(name, "has to be a number.")
            }
        }
        for (name, option) in integers {
            switch members[name] {
            case nil, .null: break
            case .integer: options[option] = members[name]
            default: throw OpenAIError.invalid(name, "has to be a whole number.")
            }
        }
        switch members["stop"] {
        case nil, .null: break
        case .string(let text): options["stop"] = .array([.string(text)])
        case .array(let texts) where texts.allSatisfy { if case .string = $0 { true } else { false } }:
            options["stop"] = .array(texts)
        default: throw OpenAIError.invalid("stop", "has to be a string or an array of strings.")
        }
        return options
    }
}

extension [String: JSONValue] {
    fileprivate func text(_ name: String) throws -> String? {
        switch self[name] {
        case nil, .null: nil
        case .string(let text): text
        default: throw OpenAIError.invalid(name, "has to be a string.")
        }
    }

    fileprivate func flag(_ name: String) throws -> Bool? {
        switch self[name] {
        case nil, .null: nil
        case .bool(let flag): flag
        default: throw OpenAIError.invalid(name, "has to be true or false.")
        }
    }

    /// Something for a program is wanted, not for a listener.
    fileprivate var asksForForm: Bool {
        let format = self["response_format"]
        let isPlain = format == nil || format == .null || format?["type"] == "text"
        let tools = ["tools", "functions"].contains { name in
            guard case .array(let list) = self[name] else { return false }
            return !list.isEmpty
        }
        return !isPlain || tools
    }
}
