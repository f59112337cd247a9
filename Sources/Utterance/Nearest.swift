// SPDX-License-Identifier: GPL-3.0-or-later

extension Sequence<String> {
    /// The element that is fewest edits (insert, delete, replace one character) away from `name`, letter case aside.
    ///
    /// For "did you mean …": `nil` if nothing has at least half of its characters in common.
    package func nearest(to name: String) -> String? {
        let wanted = Array(name.lowercased())
        var best: (name: String, distance: Int)?
        for candidate in self {
            let characters = Array(candidate.lowercased())
            let distance = editDistance(wanted, characters)
            guard distance * 2 <= Swift.max(wanted.count, characters.count) else { continue }
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }
}

/// Levenshtein's distance, row by row.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in right.enumerated() {
            let replaced = diagonal + (character == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[right.count]
}
