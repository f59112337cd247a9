// SPDX-License-Identifier: GPL-3.0-or-later

/// A stretch of text for one voice.
struct ScriptRun: Equatable {
    var language: String
    var range: Range<Int>

    var isChinese: Bool { Self.isChinese(language) }

    static func isChinese(_ language: String) -> Bool {
        language == "zh" || language.hasPrefix("zh-") || language.hasPrefix("cmn")
    }
}

/// Cuts a text into runs of one script each and finds the language of each.
///
/// Blanks, punctuation and signs join the run before them. So do numbers, but in a text that is mostly Chinese (or
/// any other script than Latin) a number is read in that language, unless it belongs to a Latin word ("MP3",
/// "iPhone 15 Pro").
struct ScriptRuns {
    private let text: CleanText
    private let latin: String
    private let languages: ScriptLanguages

    init(of text: CleanText, languages: ScriptLanguages) {
        self.text = text
        self.languages = languages
        self.latin = languages.latin
    }

    /// The language that most of the text is in; the configured one if it says nothing.
    var mainLanguage: String {
        let census = survey().census
        return languages.found(in: text, census: census).language(of: census.base ?? languages.own)
    }

    /// The runs, in order, without gaps; none if there is nothing to say.
    func runs() -> [ScriptRun] {
        if languages.own == .latin, text.isPlainlyLatin { return [ScriptRun(language: latin, range: 0..<text.count)] }
        let (spans, census) = survey()
        let base = census.base ?? languages.own
        let ofText = languages.found(in: text, census: census)
        let after = Self.scriptsAfter(spans)
        var before: Script?
        var result: [ScriptRun] = []
        for index in spans.indices {
            var range = spans[index].range
            let script: Script
            switch spans[index].content {
            case .letters(let own): script = own
            case .figure:
                // "增长了5.2%，CPI": a number right behind a Han character is read with it.
                let isAttached = range.lowerBound > 0 && text.script(at: range.lowerBound - 1) == .han
                script =
                    isAttached ? .han : Self.script(ofFigureAfter: before, before: after[index], base: base)
            case .other: script = base
            }
            // A unit that a number took is gone from the run of letters that followed.
            if let last = result.last, last.range.upperBound > range.lowerBound {
                guard last.range.upperBound < range.upperBound else { continue }
                range = last.range.upperBound..<range.upperBound
                if text.scalars[range].allSatisfy({ Script($0) == .common }) {
                    result[result.count - 1].range = last.range.lowerBound..<range.upperBound
                    continue
                }
            }
            if case .letters = spans[index].content { before = script }
            let language = ofText.language(of: script)
            if case .figure(let end) = spans[index].content, script != .latin {
                range = range.lowerBound..<max(range.upperBound, self.end(ofUnitAfter: end, language: language))
            }
            if let last = result.last, last.language == language {
                result[result.count - 1].range = last.range.lowerBound..<range.upperBound
            } else {
                result.append(ScriptRun(language: language, range: range))
            }
        }
        return result
    }
}

extension ScriptRuns {
    /// A stretch of letters of one script with what joins them, a number between such, or neither.
    private struct Span {
        enum Content: Equatable {
            case letters(Script)
            /// Blanks and punctuation may follow its end.
            case figure(end: Int)
            case other
        }
        var content: Content
        var range: Range<Int>
    }

    /// One pass: the spans, and how much of each script there is.
    private func survey() -> (spans: [Span], census: ScriptWeights) {
        var spans: [Span] = []
        var census = ScriptWeights()
        var previous = Script.common
        var index = 0
        // Units say nothing about the language of a text: they are not counted.
        var unitEnd = 0
        while index < text.count {
            let scalar = text.scalars[index]
            if scalar.isDigit, let last = spans.last, last.content == .letters(.latin), isInLatinWord(index) {
                index = figureEnd(index)
                spans[spans.count - 1].range = last.range.lowerBound..<index
                continue
            }
            if scalar.isDigit {
                let start = figureStart(index, notBefore: spans.last?.range)
                let end = figureEnd(index)
                if let last = spans.indices.last {
                    spans[last].range = spans[last].range.lowerBound..<start
                    if spans[last].range.isEmpty { spans.removeLast() }
                }
                spans.append(Span(content: .figure(end: end), range: start..<end))
                previous = .common
                index = end
                unitEnd = self.end(ofUnitAfter: end, language: "zh")
                continue
            }
            let script = text.script(at: index)
            index += 1
            if script != .common {
                if index > unitEnd, script != previous || script.isSpaceless { census.count(script) }
                if let last = spans.last, last.content == .letters(script) {
                    spans[spans.count - 1].range = last.range.lowerBound..<index
                } else if let last = spans.last, last.content == .other {
                    spans[spans.count - 1] = Span(content: .letters(script), range: last.range.lowerBound..<index)
                } else {
                    spans.append(Span(content: .letters(script), range: index - 1..<index))
                }
            } else if let last = spans.last {
                spans[spans.count - 1].range = last.range.lowerBound..<index
            } else {
                spans.append(Span(content: .other, range: 0..<index))
            }
            previous = script
        }
        if spans.count == 1, spans[0].content == .other, !text.hasSomethingToSay { return ([], census) }
        return (spans, census)
    }

    /// Whether a number at `index` belongs to a Latin word: "MP3", "GPT-4".
    private func isInLatinWord(_ index: Int) -> Bool {
        let last = text.scalars[index - 1] == "-" ? index - 2 : index - 1
        return last >= 0 && text.script(at: last) == .latin
    }

    /// Signs directly before a number belong to it: "$5", "-3", "#1".
    private func figureStart(_ index: Int, notBefore span: Range<Int>?) -> Int {
        var start = index
        let least = span?.lowerBound ?? 0
        while start > least, text.scalars[start - 1].leadsNumbers { start -= 1 }
        return start
    }

    /// Past the digits, the marks inside the number or between two, and the signs after it.
    private func figureEnd(_ index: Int) -> Int {
        var end = index
        while end < text.count {
            let scalar = text.scalars[end]
            if scalar == "°", end + 1 < text.count, text.scalars[end + 1] == "C" || text.scalars[end + 1] == "F" {
                end += 2
            } else if scalar.isDigit || scalar.trailsNumbers {
                end += 1
            } else if scalar.joinsNumbers, end + 1 < text.count, text.scalars[end + 1].isDigit {
                end += 2
            } else {
                break
            }
        }
        return end
    }

    /// A number is read with its neighbours if they agree or one of them is what the text is written in.
    private static func script(ofFigureAfter before: Script?, before after: Script?, base: Script) -> Script {
        if let before, before == after { return before }
        if before == base || after == base || base != .latin { return base }
        return before ?? after ?? base
    }

    /// For each span the script of the next letters after it.
    private static func scriptsAfter(_ spans: [Span]) -> [Script?] {
        var result = [Script?](repeating: nil, count: spans.count)
        var next: Script?
        for index in spans.indices.reversed() {
            result[index] = next
            if case .letters(let script) = spans[index].content { next = script }
        }
        return result
    }

    /// Past a Latin unit after a number that is read in another language: "5 km" in Chinese text.
    private func end(ofUnitAfter index: Int, language: String) -> Int {
        guard index < text.count else { return index }
        let start = text.scalars[index].isBlank ? index + 1 : index
        guard start < text.count,
            text.script(at: start) == .latin || text.scalars[start] == "µ" || text.scalars[start] == "°"
        else { return index }
        return UnitSymbols.end(in: text, at: start, language: language) ?? index
    }
}

extension CleanText {
    /// The script of a letter. A single Greek letter is a sign of mathematics: "π", "Δt".
    func script(at index: Int) -> Script {
        let script = Script(scalars[index])
        guard script == .greek else { return script }
        let alone =
            (index == 0 || Script(scalars[index - 1]) != .greek)
            && (index + 1 == count || Script(scalars[index + 1]) != .greek)
        return alone ? .common : .greek
    }

    /// Whether there are Latin letters or digits, and nothing that may be of another script.
    var isPlainlyLatin: Bool {
        var hasWords = false
        for scalar in scalars {
            guard scalar.value < 0x0250 || (0x2000...0x206F).contains(scalar.value) else { return false }
            if scalar.isASCIILetter || scalar.isDigit { hasWords = true }
        }
        return hasWords
    }

    /// Whether there is a letter, a digit or a sign that has a name.
    var hasSomethingToSay: Bool {
        scalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .mathSymbol, .currencySymbol, .otherSymbol, .otherNumber, .lowercaseLetter, .uppercaseLetter,
                .otherLetter:
                true
            default: scalar == "%" || scalar == "&" || scalar == "@" || scalar == "#"
            }
        }
    }
}

extension Unicode.Scalar {
    /// Signs that belong to a number right after them.
    fileprivate var leadsNumbers: Bool {
        switch self {
        case "$", "€", "£", "¥", "₩", "₹", "₽", "+", "-", "−", "±", "#", "№", "~", "≈", "<", ">", "≤", "≥", "√", "×",
            "÷":
            true
        default: false
        }
    }

    /// Signs that belong to a number right before them.
    fileprivate var trailsNumbers: Bool {
        switch self {
        case "%", "‰", "°", "℃", "℉", "$", "€", "£", "¥", "²", "³", "½", "¼", "¾": true
        default: false
        }
    }

    /// Marks inside a number, or between two.
    fileprivate var joinsNumbers: Bool {
        switch self {
        case ".", ",", ":", "/", "-", "–", "—", "−", "~", "×", "÷", "+", "=", "*", "^", "'", "\u{A0}": true
        default: false
        }
    }
}
