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
        let known = provider.dialect.options
        return options.keys.sorted().compactMap { name in
            guard known[name] == nil, name != "num_predict" else { return nil }
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
    /// The types of the options that some server knows.
    private static let known = Provider.allCases.reduce(into: [:]) { known, provider in
        known.merge(provider.dialect.options) { kind, _ in kind }
    }

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
