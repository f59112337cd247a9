// SPDX-License-Identifier: GPL-3.0-or-later

extension Sequence<String> {
    /// The element that was probably meant by `name`: at most a third of its letters are wrong, upper and lower case
    /// being the same. The first of equals.
    package func nearest(to name: String) -> String? {
        let length = name.count
        return compactMap { candidate -> (name: String, distance: Int)? in
            let limit = Swift.max(1, Swift.max(length, candidate.count) / 3)
            // Names of very different lengths need not be compared, which takes the product of the lengths.
            guard abs(length - candidate.count) <= limit else { return nil }
            let distance = editDistance(name, candidate)
            return distance <= limit ? (candidate, distance) : nil
        }
        .min { $0.distance < $1.distance }?
        .name
    }
}

/// How many characters have to be put in, left out, changed or swapped with their neighbour (optimal string
/// alignment), upper and lower case being the same.
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
