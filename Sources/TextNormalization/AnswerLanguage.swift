// SPDX-License-Identifier: GPL-3.0-or-later

/// The language for text that has no letters of its own: numbers, symbols, formulas, and notes such as "Code block.".
///
/// In order of preference: the language of the answer so far, that of the question, the configured one. A value belongs
/// to one position in an answer; ``count(_:)`` moves it on.
package struct AnswerLanguage: Sendable {
    let languages: ScriptLanguages
    private let question: (script: Script, language: String)?
    /// A letter weighs 1, a Han character or kana 3.
    private var weights = ScriptWeights()
    private var isUkrainian = false
    private var isPersian = false

    /// The least weight of Latin letters that outweighs a question in another script. A name or two must not.
    private static let tellingLatin = 24

    /// - Parameters:
    ///   - configured: BCP 47 tag, such as `en`.
    /// - question: the text of the question that is being answered, if there is one.
    package init(configured: String, question: String? = nil) {
        self.init(configured: configured, question: nil as (Script, String)?)
        guard let question else { return }
        var asked = self
        asked.count(Array(question.utf8.prefix(4_096)).span)
        if let script = asked.script { self = Self(configured: configured, question: (script, asked.current)) }
    }

    private init(configured: String, question: (Script, String)?) {
        languages = ScriptLanguages(configured: configured)
        self.question = question
    }

    /// BCP 47 tag of the language for what comes next, if that has no letters.
    package var current: String {
        guard let script else { return question?.language ?? languages.configured }
        switch script {
        case .han, .kana: return languages.language(ofHan: weights[.han], kana: weights[.kana])
        case .cyrillic where isUkrainian: return "uk"
        case .arabic where isPersian: return "fa"
        default: return languages.language(of: script)
        }
    }

    /// Returns the language for a note that replaces text that is not read: that text's own language unless its script
    /// is Latin.
    ///
    /// - Parameter text: UTF-8.
    package func language(inPlaceOf text: Span<UInt8>) -> String {
        var own = self
        own.weights = ScriptWeights()
        own.isUkrainian = false
        own.isPersian = false
        own.count(text)
        if let script = own.script, script != .latin { return own.current }
        var all = self
        all.count(text)
        return all.current
    }

    /// Counts the letters of the part of the answer that has now been read.
    ///
    /// - Parameter text: UTF-8; no character is cut in two.
    package mutating func count(_ text: Span<UInt8>) {
        var latin = 0
        var han = 0
        var index = 0
        while index < text.count {
            if index + 8 <= text.count {
                let eight = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                if eight & Self.highBits == 0 {
                    latin += Self.letters(in: eight)
                    index += 8
                    continue
                }
            }
            let lead = text[index]
            if lead < 0x80 {
                latin += (lead | 0x20) &- 0x61 < 26 ? 1 : 0
                index += 1
            } else if lead < 0xC0 {
                index += 1
            } else if (0xE5...0xE9).contains(lead) {
                han += 1
                index += 3
            } else {
                let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
                var value = UInt32(lead & (0x7F >> UInt8(length)))
                for place in index + 1..<max(index + 1, min(index + length, text.count)) {
                    value = value << 6 | UInt32(text[place] & 0x3F)
                }
                count(value)
                index += length
            }
        }
        if latin > 0 { weights.add(latin, to: .latin) }
        if han > 0 { weights.add(3 * han, to: .han) }
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// How many of eight ASCII characters are letters. The additions set the high bit of each letter's byte.
    private static func letters(in eight: UInt64) -> Int {
        let small = eight | 0x2020_2020_2020_2020
        let isFromA = small &+ 0x1F1F_1F1F_1F1F_1F1F
        let isPastZ = small &+ 0x0505_0505_0505_0505
        return (isFromA & ~isPastZ & highBits).nonzeroBitCount
    }

    private mutating func count(_ value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return }
        let script = Script(scalar)
        guard script != .common else { return }
        weights.add(script.isSpaceless ? 3 : 1, to: script)
        note(scalar, of: script)
    }

    /// Counts a text that is clearly in one script.
    mutating func count(_ letters: Int, of script: Script) {
        weights.add(script.isSpaceless ? 3 * letters : letters, to: script)
    }

    /// Counts a text whose words and characters were already counted: a word weighs as much as six letters.
    mutating func count(_ census: ScriptWeights, of text: CleanText) {
        weights.add(census, times: 3)
        guard census[.cyrillic] > 0 || census[.arabic] > 0 else { return }
        for scalar in text.scalars where scalar.value >= 0x0400 { note(scalar, of: Script(scalar)) }
    }

    private mutating func note(_ scalar: Unicode.Scalar, of script: Script) {
        switch script {
        case .cyrillic: isUkrainian = isUkrainian || ScriptLanguages.isUkrainian(scalar)
        case .arabic: isPersian = isPersian || ScriptLanguages.isPersian(scalar)
        default: break
        }
    }

    /// The script for what comes next, if that has no letters.
    var currentScript: Script { script ?? question?.script ?? languages.own }

    /// The script of the answer so far; `nil` if nothing indicates one.
    private var script: Script? {
        guard let base = weights.base else { return nil }
        let isName = base == .latin && weights[.latin] < Self.tellingLatin
        return isName && question.map { $0.script != .latin } ?? false ? nil : base
    }
}
