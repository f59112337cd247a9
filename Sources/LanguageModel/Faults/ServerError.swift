// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// An error reported by a model server, in any form.
struct ServerError: Sendable, Hashable {
    /// llama.cpp's numbers for a request that is too long, in tokens.
    struct ContextUse: Sendable, Hashable {
        var prompt: Int
        var context: Int
    }

    /// The HTTP status; `nil` if the error was inside a successful reply.
    var status: Int?
    /// In the server's words; empty if there were none.
    var message: String
    /// The server's name or number for the kind of error, as text.
    var kind: String?
    /// Whether it looks like a web page or another program's text rather than a model server's.
    var isForeign = false
    var contextUse: ContextUse?

    init(status: Int? = nil, message: String, kind: String? = nil, isForeign: Bool = false) {
        self.status = status
        self.message = message
        self.kind = kind
        self.isForeign = isForeign
    }

    /// Parses the value of an `error` key: a string, an object with a `message`, or something else.
    init(_ error: JSONValue, status: Int? = nil) {
        switch error {
        case .string(let text):
            self.init(unwrapping: text, status: status)
        case .object(let members):
            let kind = [members["type"], members["code"]].lazy.compactMap { $0?.label }.first
            self.init(status: status, message: members["message"]?.text ?? error.compact, kind: kind)
            if case .integer(let prompt) = members["n_prompt_tokens"], case .integer(let context) = members["n_ctx"] {
                contextUse = ContextUse(prompt: prompt, context: context)
            }
        default:
            self.init(status: status, message: error.compact)
        }
    }

    /// Ollama 0.32 puts its runner's JSON into its own error string.
    private init(unwrapping text: String, status: Int?) {
        if text.hasPrefix("{"), let inner = try? JSON.decode(JSONValue.self, from: Array(text.utf8)),
            let error = inner["error"], error.text != text
        {
            self.init(error, status: status)
        } else {
            self.init(status: status, message: text)
        }
    }

    /// Parses the body of an unsuccessful reply: JSON of many forms, HTML, plain text or nothing.
    init(status: Int, contentType: String?, body: [UInt8]) {
        guard body.contains(where: { $0 > 0x20 }) else {
            self.init(status: status, message: "")
            return
        }
        if let value = try? JSON.decode(JSONValue.self, from: body), let serverError = ServerError(body: value, status)
        {
            self = serverError
            return
        }
        let text = String(decoding: body, as: UTF8.self)
        let isPage = contentType?.contains("html") == true || text.drop(while: \.isWhitespace).hasPrefix("<")
        self.init(status: status, message: isPage ? text.pageTitle : text.firstLine, isForeign: true)
    }

    /// Parses the data of an error event, or a document that is not an answer.
    init(event data: [UInt8]) {
        if let value = try? JSON.decode(JSONValue.self, from: data), let serverError = ServerError(body: value, nil) {
            self = serverError
        } else {
            self.init(message: String(decoding: data, as: UTF8.self).firstLine)
        }
    }

    private init?(body: JSONValue, _ status: Int?) {
        switch body {
        case .array(let elements):
            guard elements.count == 1, let only = elements.first else { return nil }
            self.init(body: only, status)
        case .object(let members):
            if let error = members["error"], error != .null {
                self.init(error, status: status)
            } else if let message = members["message"]?.text {
                self.init(status: status, message: message, kind: members["type"]?.label)
            } else if let detail = members["detail"] {
                self.init(status: status, message: detail.details)
            } else {
                self.init(status: status, message: body.compact)
            }
        default:
            return nil
        }
    }
}

extension ServerError {
    /// Whether the request was too long, in the words of llama.cpp, vLLM, OpenAI or Anthropic.
    var isAboutContext: Bool {
        let message = message.lowercased()
        return [
            "exceeds the available context", "context length", "context_length", "prompt is too long",
        ].contains(where: message.contains)
    }
}

extension JSONValue {
    /// A name or a number as text.
    fileprivate var label: String? {
        switch self {
        case .string(let value): value
        case .integer(let value): "\(value)"
        default: nil
        }
    }

    /// FastAPI's `detail`: a string, or an array of `{loc, msg, type}`.
    fileprivate var details: String {
        switch self {
        case .string(let value): value
        case .array(let values): values.map { $0["msg"]?.text ?? $0.compact }.joined(separator: "; ")
        default: compact
        }
    }

    fileprivate var compact: String {
        (try? JSON.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension String {
    /// The first line that is not blank, at most 200 characters.
    fileprivate var firstLine: String {
        let line = split(whereSeparator: \.isNewline).lazy.map(\.trimmed).first { !$0.isEmpty } ?? ""
        return String(line.prefix(200))
    }

    /// The title of an HTML page, or its text without tags; at most 200 characters.
    ///
    /// Without regular expressions, since 64 KB of `<` take `/<[^>]*>/` minutes.
    fileprivate var pageTitle: String {
        var words: [Substring] = []
        for (index, part) in split(separator: "<", omittingEmptySubsequences: false).enumerated() {
            let tag = index == 0 ? "" : part.prefix { $0 != ">" }
            let text = index == 0 ? part : part[tag.endIndex...].dropFirst()
            if tag.prefix(5).lowercased() == "title" { return String(text.trimmed.prefix(200)) }
            words += text.split(whereSeparator: \.isWhitespace)
        }
        return String(words.joined(separator: " ").prefix(200))
    }
}
