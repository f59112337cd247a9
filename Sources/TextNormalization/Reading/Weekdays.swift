// SPDX-License-Identifier: GPL-3.0-or-later

/// Ranges of weekdays in Japanese and Korean: 月〜金, 月曜–金曜, 월-금, 월요일~금요일.
extension RunReader {
    /// Reads the dash or tilde at `index` and the weekdays on both sides.
    mutating func readWeekdays() -> Bool {
        guard !rules.dates.weekdayLetters.isEmpty, let through = rules.numbers.through else { return false }
        for ending in rules.dates.weekdayEndings {
            let length = ending.written.count
            let first = index - length - 1
            let second = index + 1
            guard first >= range.lowerBound, let from = rules.dates.weekdayLetters[scalar(first)],
                let to = rules.dates.weekdayLetters[scalar(second)], has(ending.written, at: first + 1),
                has(ending.written, at: second + 1), !isSameScript(first - 1, first),
                !isSameScript(second + 1 + length, second)
            else { continue }
            say(from + ending.said, for: first..<index)
            say(through, for: index..<second)
            // A particle stays with its word: 월-금은.
            let end = second + 1 + length
            let last = rules.words.isSpaceless ? end : wordEnd(second)
            say(to + ending.said + text.string(end..<last), for: second..<last)
            return true
        }
        return false
    }

    private func has(_ ending: [Unicode.Scalar], at place: Int) -> Bool {
        ending.indices.allSatisfy { scalar(place + $0) == ending[$0] }
    }

    /// Whether a Han character is next to another. In Hangul a particle may follow: 월-금은.
    private func isSameScript(_ place: Int, _ other: Int) -> Bool {
        let isBehind = place > other
        let script = Script(scalar(other))
        return Script(scalar(place)) == script && !(isBehind && script == .hangul)
    }
}
