// SPDX-License-Identifier: GPL-3.0-or-later

/// Replaces ``standIn`` by pinyin, and maps eSpeak NG's positions in the result back to the text.
///
/// No character is read zháo (着急), and pinyin is longer than the character it stands for.
struct PinyinSyllables {
    /// Stands for zháo in ``ChineseReadingsTable``; it occurs in no other text.
    static let standIn: Unicode.Scalar = "龰"
    static let pinyin = "zhao2"

    /// `text` as it is shown, with equally many bytes: the stand-in is replaced by the character that it stands for.
    static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(standIn) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == standIn ? "着" : $0 }))
    }

    /// The text for eSpeak NG.
    let text: String
    /// Where the syllables begin in ``text``, in scalars from 0.
    private let starts: [Int]

    init(_ text: String) {
        guard text.unicodeScalars.contains(Self.standIn) else {
            (self.text, starts) = (text, [])
            return
        }
        var result = String.UnicodeScalarView()
        var count = 0
        var starts: [Int] = []
        for scalar in text.unicodeScalars {
            if scalar == Self.standIn {
                starts.append(count)
                result.append(contentsOf: Self.pinyin.unicodeScalars)
                count += Self.pinyin.unicodeScalars.count
            } else {
                result.append(scalar)
                count += 1
            }
        }
        (self.text, self.starts) = (String(result), starts)
    }

    /// Maps a word that eSpeak NG begins in ``text`` to the original text.
    func original(_ event: WordEvent) -> WordEvent {
        guard !starts.isEmpty else { return event }
        let start = original(event.position - 1)
        var event = event
        if event.length > 0 { event.length = max(original(event.position - 1 + event.length) - start, 1) }
        event.position = start + 1
        return event
    }

    private func original(_ place: Int) -> Int {
        let surplus = Self.pinyin.unicodeScalars.count - 1
        return starts.reduce(place) { $0 - min(max(place - $1, 0), surplus) }
    }
}
