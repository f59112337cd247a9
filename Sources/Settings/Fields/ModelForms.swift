// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension ValueForm<[String: JSONValue]> {
    /// A map of names to values that are passed on unchanged.
    static let options = ValueForm(
        expected: "a map of names to values", isMap: true,
        read: { node throws(SettingsError.Problem) in
            guard let entries = node.entries else { throw .misfit(node, expected: "a map of names to values") }
            var options: [String: JSONValue] = [:]
            for entry in entries { options[entry.key] = try optionValue(of: entry.value, listAllowed: true) }
            return options
        },
        write: { JSONValue.object($0).written })

    private static func optionValue(of node: Node, listAllowed: Bool) throws(SettingsError.Problem) -> JSONValue {
        if let plain = node.plainText { return JSONValue(plain: plain) }
        if let text = node.text { return .string(text) }
        guard listAllowed, case .sequence(let items) = node.value else {
            throw .misfit(
                node, expected: "a map of names to numbers, texts, true, false" + (listAllowed ? " or lists" : ""))
        }
        var values: [JSONValue] = []
        for item in items { values.append(try optionValue(of: item, listAllowed: false)) }
        return .array(values)
    }
}

extension ValueForm<JSONValue> {
    /// How long the server keeps the model loaded: seconds, or a duration in Go's notation; negative means forever.
    ///
    /// A bare number becomes a JSON number even in quotes: Ollama rejects `"300"` ("missing unit in duration").
    static let keepAlive = ValueForm(
        expected: "a time such as 10m or 1h30m, or a number of seconds",
        read: { node in
            guard let text = node.text else { return nil }
            if let seconds = Int(text) { return .integer(seconds) }
            if let seconds = text.number { return .number(seconds) }
            return text.isGoDuration ? .string(text) : nil
        },
        write: \.written)
}

extension String {
    /// `1h30m`, `500ms`, `-1.5s`: a sign, then numbers with their units, as accepted by Go's `time.ParseDuration`.
    fileprivate var isGoDuration: Bool {
        var rest = self[...].drop { $0 == "-" || $0 == "+" }
        guard !rest.isEmpty, count - rest.count <= 1 else { return false }
        while !rest.isEmpty {
            let amount = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
            let unit = rest.dropFirst(amount.count).prefix { $0 != "." && !("0"..."9").contains($0) }
            guard Double(amount) != nil, ["ns", "us", "µs", "μs", "ms", "s", "m", "h"].contains(unit) else {
                return false
            }
            rest = rest.dropFirst(amount.count + unit.count)
        }
        return true
    }
}

extension ValueForm<SentenceEnds> {
    /// `{add: "", remove: ""}`, each with a text of characters.
    static let sentenceEnds = ValueForm(
        expected: "a map with add and remove", isMap: true,
        read: { node throws(SettingsError.Problem) in
            guard let entries = node.entries else { throw .misfit(node, expected: "a map with add and remove") }
            var ends = SentenceEnds()
            for entry in entries {
                guard let characters = entry.value.text, !characters.contains(where: \.isWhitespace) else {
                    throw .misfit(entry.value, expected: "characters without spaces")
                }
                switch entry.key {
                case "add": ends.added = Set(characters.unicodeScalars)
                case "remove": ends.removed = Set(characters.unicodeScalars)
                default:
                    throw SettingsError.Problem(
                        at: entry.keyPlace, "has only the keys add and remove, not \(entry.key.quotedForYAML)")
                }
            }
            return ends
        },
        write: { "{add: \(written($0.added)), remove: \(written($0.removed))}" })

    private static func written(_ characters: Set<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(characters.sorted())).quotedForYAML
    }
}
