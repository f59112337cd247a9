// SPDX-License-Identifier: GPL-3.0-or-later

/// Metrics in Prometheus' text format, version 0.0.4
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

    /// A number for each value of a label, in this order.
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

    /// In a label's value, backslashes, quotes and line ends are escaped.
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

/// Prometheus' cumulative histogram: counts values up to each bound.
struct Histogram: Sendable {
    /// Upper bounds, ascending, without the last bucket, which takes everything.
    let bounds: [Double]
    /// Values in each bucket alone.
    private var counts: [Int]
    private(set) var sum = 0.0

    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    var count: Int { counts.reduce(0, +) }

    mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Each bound with the number of values up to it.
    var cumulative: [(bound: Double, count: Int)] {
        var total = 0
        return zip(bounds, counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }
}
