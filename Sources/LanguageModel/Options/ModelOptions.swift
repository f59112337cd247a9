// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Converts a model's options from the form that people write, `temperature=0.7`, to JSON values of the right type.
///
/// Ollama rejects an option of the wrong type, and silently ignores an unknown one.
package enum ModelOptions {
    /// The JSON types that options have.
    enum Kind: Sendable {
        case number, integer, bool
        /// A text, or a JSON array of texts.
        case texts
        /// Any JSON value.
        case any
    }

    /// Parses options from a command line, each `name=value`. If a name is given more than once, the last value counts.
    ///
    /// - Throws: a `usage` fault if there is no name, or if the value is not of the option's type.
    package static func parse(_ texts: [String]) throws -> [String: JSONValue] {
        try texts.reduce(into: [:]) { options, text in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw Fault(.usage, "\"\(text)\" is not an option: write NAME=VALUE, such as temperature=0.7.")
            }
            let name = text[..<equals].trimmed
            options[name] = try value(of: name, text[equals...].dropFirst().trimmed)
        }
    }

    /// Returns the value that `text` means for the option `name`.
    ///
    /// - Throws: a `usage` fault if it is not of the option's type.
    package static func value(of name: String, _ text: String) throws -> JSONValue {
        let kind = known[name] ?? .any
        guard let value = read(text, as: kind) else {
            throw Fault(.usage, "The option \(name) takes \(kind.description), not \"\(text)\".")
        }
        return value
    }

    /// Returns notices about options that `provider` doesn't know; they are sent to it nevertheless.
    package static func notices(for options: [String: JSONValue], provider: Provider) -> [Notice] {
        let known = provider.dialect.options
        return options.keys.sorted().compactMap { name in
            guard known[name] == nil, name != "num_predict" else { return nil }
            let meant = aliases[name].map { ": perhaps you mean \($0)" } ?? ""
            return Notice(
                "option_unknown", "\(name) is not an option of this kind of server\(meant); it was passed on.")
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
    /// The types of the options that any server knows.
    private static let known = Provider.allCases.reduce(into: [:]) { known, provider in
        known.merge(provider.dialect.options) { kind, _ in kind }
    }

    /// Other programs' names for Ollama's options.
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
