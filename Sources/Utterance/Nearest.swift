// SPDX-License-Identifier: GPL-3.0-or-later

extension Sequence<String> {
    /// The element that was probably meant by `name`: at most a third of its letters are wrong, upper and lower case
    /// being the same. The first of equals.
    package func nearest(to name: String) -> String? {
        map { (name: $0, distance: editDistance(name, $0)) }
            .filter { $0.distance <= Swift.max(1, Swift.max(name.count, $0.name.count) / 3) }
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
