// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers in Prometheus' text format, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct Exposition {
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    mutating func counter(_ name: String, _ help: String, _ value: some Numeric & CustomStringConvertible) {
        family(name, .counter, help)
        line(name, [], "\(value)")
    }

    mutating func gauge(_ name: String, _ help: String, _ value: some Numeric & CustomStringConvertible) {
        family(name, .gauge, help)
        line(name, [], "\(value)")
    }

    /// One number for each value of a label, in their order.
    mutating func family<Value: Numeric & CustomStringConvertible>(
        _ name: String, _ kind: Kind, _ help: String, by label: String, _ values: [(String, Value)]
    ) {
        family(name, kind, help)
        for (key, value) in values { line(name, [(label, key)], "\(value)") }
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        family(name, .histogram, help)
        for (bound, count) in histogram.cumulative { line("\(name)_bucket", [("le", "\(bound)")], "\(count)") }
        line("\(name)_bucket", [("le", "+Inf")], "\(histogram.count)")
        line("\(name)_sum", [], "\(histogram.sum)")
        line("\(name)_count", [], "\(histogram.count)")
    }

    private mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(pairs)} \(value)\n"
    }

    /// A backslash, a quote and a line end are what a label's value must not hold as they are.
    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
    }
}
