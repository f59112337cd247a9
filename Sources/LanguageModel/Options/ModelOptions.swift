// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The options of a model as people write them, `temperature=0.7`, and as servers want them, with JSON's types.
///
/// Ollama takes an option of the wrong type for an error, and one that it doesn't know for nothing at all.
package enum ModelOptions {
    /// The JSON types that options have.
    enum Kind: Sendable {
        case number, integer, bool
        /// One text, or a JSON array of texts.
        case texts
        /// Anything that JSON has.
        case any
    }

    /// One option from a command line.
    ///
    /// - Parameter text: `name=value`.
    /// - Throws: a `usage` fault if there is no name, or the value is not of the option's type.
    package static func parse(_ text: String) throws -> (name: String, value: JSONValue) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw Fault(.usage, "\"\(text)\" is no option of a model: write NAME=VALUE, such as temperature=0.7.")
        }
        let name = text[..<equals].trimmed
        return (name, try value(of: name, text[equals...].dropFirst().trimmed))
    }

    /// The value of the option `name` that `text` means.
    ///
    /// - Throws: a `usage` fault if it is not of the option's type.
    package static func value(of name: String, _ text: String) throws -> JSONValue {
        let kind = known[name] ?? .any
        guard let value = read(text, as: kind) else {
            throw Fault(.usage, "The option \(name) takes \(kind.description), not \"\(text)\".")
        }
        return value
    }

    /// What to say about options that `provider` doesn't know; they are passed on all the same.
    package static func notices(for options: [String: JSONValue], provider: Provider) -> [Notice] {
        options.keys.sorted().compactMap { name in
            switch provider {
            case .ollama, .ollamaGenerate:
                guard ollama[name] == nil else { return nil }
            case .openAI:
                guard openAI[name] == nil, name != "num_predict" else { return nil }
            }
            let meant = aliases[name].map { ": \($0) is meant, perhaps" } ?? ""
            return Notice("option_unknown", "\(name) is no option of this kind of server\(meant); it was passed on.")
        }
    }

    private static func read(_ text: String, as kind: Kind) -> JSONValue? {
        let json = try? JSON.decode(JSONValue.self, from: Array(text.utf8))
        switch (kind, json) {
        case (.number, .integer), (.number, .number), (.integer, .integer), (.bool, .bool), (.texts, .array):
            return json
        case (.texts, _): return .array([.string(json?.text ?? text)])
        case (.any, _): return json ?? .string(text)
        default: return nil
        }
    }
}

extension ModelOptions {
    /// Ollama's `api/types.go`.
    private static let ollama: [String: Kind] = [
        "temperature": .number, "top_k": .integer, "top_p": .number, "min_p": .number, "typical_p": .number,
        "seed": .integer, "num_predict": .integer, "num_keep": .integer, "repeat_last_n": .integer,
        "repeat_penalty": .number, "presence_penalty": .number, "frequency_penalty": .number, "stop": .texts,
        "num_ctx": .integer, "num_batch": .integer, "num_gpu": .integer, "main_gpu": .integer, "use_mmap": .bool,
        "num_thread": .integer, "draft_num_predict": .integer,
    ]

    /// OpenAI's own, and what llama.cpp and vLLM add.
    private static let openAI: [String: Kind] = [
        "temperature": .number, "top_p": .number, "max_tokens": .integer, "max_completion_tokens": .integer,
        "stop": .texts, "seed": .integer, "presence_penalty": .number, "frequency_penalty": .number,
        "logit_bias": .any, "response_format": .any, "stream_options": .any, "reasoning_effort": .any,
        "chat_template_kwargs": .any, "user": .any, "top_k": .integer, "min_p": .number, "typical_p": .number,
        "repeat_penalty": .number, "repetition_penalty": .number, "return_progress": .bool,
    ]

    private static let known = ollama.merging(openAI) { kind, _ in kind }

    /// What other programs call Ollama's options.
    private static let aliases = [
        "max_length": "num_predict", "max_tokens": "num_predict", "max_new_tokens": "num_predict",
        "n_predict": "num_predict", "context_length": "num_ctx", "n_ctx": "num_ctx", "ctx_size": "num_ctx",
        "repetition_penalty": "repeat_penalty", "n_gpu_layers": "num_gpu", "threads": "num_thread",
    ]
}

extension ModelOptions.Kind: CustomStringConvertible {
    var description: String {
        switch self {
        case .number: "a number"
        case .integer: "a whole number"
        case .bool: "true or false"
        case .texts: "a text, or a JSON array of texts"
        case .any: "JSON"
        }
    }
}
