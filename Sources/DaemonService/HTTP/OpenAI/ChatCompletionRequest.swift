// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import LanguageModel
import Utterance

/// A request to `/v1/chat/completions`. Fields that mean nothing here are accepted, as clients expect.
struct ChatCompletionRequest: Sendable {
    let chat: ChatRequest
    /// The model's name as the client wrote it.
    let modelName: String
    let isStreamed: Bool
    /// The last chunk reports the tokens.
    let includesUsage: Bool
    /// The answer is heard.
    let speaks: Bool

    /// The name of the daemon's own model.
    static let ownModel = "utter"

    /// - Throws: `InvalidRequest`, ``APIError``.
    init(_ fields: inout RequestFields, headers: HTTPFields) throws {
        let (name, wish) = Self.parse(model: try fields.text("model") ?? Self.ownModel)
        modelName = name
        isStreamed = try fields.flag("stream") ?? false
        includesUsage = fields.value("stream_options")?["include_usage"] == true
        // Clients also ask for titles and tags, which nobody wants to hear: without streaming, or in a format.
        let isTalk = isStreamed && !fields.asksForFormat
        speaks = try headers.wantsSpeech() ?? wish ?? isTalk
        chat = ChatRequest(
            messages: try Self.messages(fields.value("messages")), model: name == Self.ownModel ? nil : name,
            options: try Self.options(&fields))
    }

    /// A model's name may end in `:spoken` or `:silent`, for clients that can't send a header.
    private static func parse(model: String) -> (name: String, wish: Bool?) {
        var (name, wish) = (model, Bool?.none)
        for (suffix, value) in [(":spoken", true), (":silent", false)] where model.hasSuffix(suffix) {
            (name, wish) = (String(model.dropLast(suffix.count)), value)
        }
        return (name.isEmpty ? ownModel : name, wish)
    }

    private static func messages(_ value: JSONValue?) throws(InvalidRequest) -> [ModelRequest.Message] {
        guard let entries = value?.elements, !entries.isEmpty else {
            throw InvalidRequest("messages", "has to be an array that is not empty.")
        }
        var messages: [ModelRequest.Message] = []
        for (index, entry) in entries.enumerated() {
            let place = "messages[\(index)]"
            guard let role = try role(entry["role"], place) else { continue }
            let text = try text(entry["content"], "\(place).content")
            // A tool call says nothing, and its result is left out as well.
            if role == .assistant, text.isEmpty, entry.callsTool { continue }
            messages.append(.init(role, text))
        }
        guard !messages.isEmpty else {
            throw InvalidRequest("messages", "has to hold more than calls of tools and their results.")
        }
        return messages
    }

    /// - Returns: `nil` for the result of a tool: the daemon's model has no tools.
    private static func role(
        _ value: JSONValue?, _ place: String
    ) throws(InvalidRequest) -> ModelRequest.Message.Role? {
        switch value {
        case "system", "developer": return .system
        case "user": return .user
        case "assistant": return .assistant
        case "tool", "function": return nil
        default: throw InvalidRequest("\(place).role", "has to be system, developer, user, assistant or tool.")
        }
    }

    private static func text(_ value: JSONValue?, _ place: String) throws(InvalidRequest) -> String {
        switch value {
        case nil: return ""
        case .string(let text): return text
        case .array(let parts):
            let texts = parts.compactMap { $0["type"] == "text" ? $0["text"]?.text : nil }
            guard texts.count == parts.count else {
                throw InvalidRequest(place, "holds a part that is not text; only text can be asked here.")
            }
            return texts.joined()
        default: throw InvalidRequest(place, "has to be a string, or an array of parts of type text.")
        }
    }

    /// Options that servers of every kind know, with Ollama's names for them.
    private static let numbers = ["temperature", "top_p", "presence_penalty", "frequency_penalty"]
    private static let integers = [
        "seed": "seed", "max_tokens": "num_predict", "max_completion_tokens": "num_predict",
    ]

    private static func options(_ fields: inout RequestFields) throws(InvalidRequest) -> [String: JSONValue] {
        var options: [String: JSONValue] = [:]
        for name in numbers {
            guard let value = fields.value(name) else { continue }
            guard value.double != nil else { throw InvalidRequest(name, "has to be a number.") }
            options[name] = value
        }
        for (name, option) in integers {
            if let number = try fields.integer(name) { options[option] = .integer(number) }
        }
        switch fields.value("stop") {
        case nil: break
        case .string(let text): options["stop"] = .array([.string(text)])
        case .array(let texts) where texts.allSatisfy { $0.text != nil }: options["stop"] = .array(texts)
        default: throw InvalidRequest("stop", "has to be a string or an array of strings.")
        }
        return options
    }
}

extension RequestFields {
    /// The answer is meant for a program, not for a listener.
    fileprivate var asksForFormat: Bool {
        mutating get {
            let format = value("response_format")
            let hasTools = ["tools", "functions"].contains { value($0)?.elements?.isEmpty == false }
            return format != nil && format?["type"] != "text" || hasTools
        }
    }
}
