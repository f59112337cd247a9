// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The text with control characters and line breaks replaced by spaces, so that it can be shown in a terminal or a
    /// log line.
    ///
    /// Text from a model or the network could otherwise move the cursor or forge log lines (C0, DEL, C1, U+2028/9, and
    /// the bidirectional embeddings, overrides and isolates). Each becomes one space.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isUnsafeToPrint) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar.isUnsafeToPrint ? " " : scalar)
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    fileprivate var isUnsafeToPrint: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension StringProtocol {
    /// Without whitespace at either end.
    package var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension String {
    /// The language subtag of a BCP 47 tag or a locale's name: `pt` for `pt-BR` and `pt_BR`.
    package var primaryLanguage: String {
        // Most tags are only a language.
        if utf8.allSatisfy({ $0 &- 0x61 < 26 }) { return self }
        return prefix { $0 != "-" && $0 != "_" }.lowercased()
    }
}

extension Sequence<String> {
    /// The element that `name` probably means: the only one that continues it with `_`, or else the nearest one. At
    /// most a third of its letters may differ, ignoring case; if several are equally near, it is the first.
    package func nearest(to name: String) -> String? {
        let length = name.count
        // The end of the name may be left out: RATE means RATE_WPM, not VOICE.
        let longer = filter { $0.lowercased().hasPrefix(name.lowercased() + "_") }
        if longer.count == 1 { return longer.first }
        return compactMap { candidate -> (name: String, distance: Int)? in
            let limit = Swift.max(1, Swift.max(length, candidate.count) / 3)
            // The comparison takes time proportional to the product of the lengths.
            guard abs(length - candidate.count) <= limit else { return nil }
            let distance = editDistance(name, candidate)
            return distance <= limit ? (candidate, distance) : nil
        }
        .min { $0.distance < $1.distance }?
        .name
    }

    /// ` Did you mean X?`, to end a message with; empty if no element is near.
    package func suggestion(for name: String) -> String {
        nearest(to: name).map { " Did you mean \($0)?" } ?? ""
    }
}

/// How many characters must be inserted, deleted, changed or swapped with their neighbour (optimal string alignment),
/// ignoring case.
private func editDistance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.lowercased()), Array(right.lowercased()))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let change = last[column] + (left[row] == right[column] ? 0 : 1)
            var best = min(change, last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                best = min(best, beforeLast[column - 1] + 1)
            }
            current.append(best)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
