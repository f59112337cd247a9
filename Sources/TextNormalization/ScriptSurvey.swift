// SPDX-License-Identifier: GPL-3.0-or-later

/// A stretch of letters of one script with what joins them, or a number between such stretches, or neither.
struct ScriptSpan {
    enum Content: Equatable {
        case letters(Script)
        /// Spaces and punctuation may follow its `end`.
        case number(end: Int)
        case other
    }
    var content: Content
    var range: Range<Int>
}

/// One pass over a text: its spans, and how much of each script there is.
struct ScriptSurvey {
    /// In order, without gaps; none if there is nothing to say.
    private(set) var spans: [ScriptSpan] = []
    private(set) var census = ScriptWeights()
    private let text: CleanText

    init(of text: CleanText) {
        self.text = text
        survey()
    }

    private mutating func survey() {
        var spans: [ScriptSpan] = []
        var census = ScriptWeights()
        var previous = Script.common
        var index = 0
        // Units don't indicate the language of a text, so they are not counted.
        var unitEnd = 0
        while index < text.count {
            let scalar = text.scalars[index]
            if scalar.isDigit, let last = spans.last, last.content == .letters(.latin), isInLatinWord(index, unitEnd),
                !text.isBehindCurrencyCode(index)
            {
                index = numberEnd(index)
                spans[spans.count - 1].range = last.range.lowerBound..<index
                continue
            }
            if scalar.isDigit {
                let start = numberStart(index, notBefore: spans.last?.range)
                let end = numberEnd(index)
                if let last = spans.indices.last {
                    spans[last].range = spans[last].range.lowerBound..<start
                    if spans[last].range.isEmpty { spans.removeLast() }
                }
                spans.append(ScriptSpan(content: .number(end: end), range: start..<end))
                previous = .common
                index = end
                unitEnd = UnitSymbols.end(in: text, after: end, language: "zh")
                continue
            }
            let script = text.script(at: index)
            index += 1
            if script != .common {
                if index > unitEnd, script != previous || script.isSpaceless,
                    script != .latin || text.isWord(at: index - 1)
                {
                    census.count(script)
                }
                if let last = spans.last, last.content == .letters(script) {
                    spans[spans.count - 1].range = last.range.lowerBound..<index
                } else if let last = spans.last, last.content == .other {
                    spans[spans.count - 1] = ScriptSpan(content: .letters(script), range: last.range.lowerBound..<index)
                } else {
                    spans.append(ScriptSpan(content: .letters(script), range: index - 1..<index))
                }
            } else if let last = spans.last {
                spans[spans.count - 1].range = last.range.lowerBound..<index
            } else {
                spans.append(ScriptSpan(content: .other, range: 0..<index))
            }
            previous = script
        }
        if spans.count == 1, spans[0].content == .other, !text.hasSomethingToSay { spans = [] }
        (self.spans, self.census) = (spans, census)
    }

    /// Whether a number at `index` belongs to a Latin word: "MP3", "GPT-4", but not "x-1".
    private func isInLatinWord(_ index: Int, _ unitEnd: Int) -> Bool {
        let isBehindHyphen = text.scalars[index - 1] == "-"
        let last = isBehindHyphen ? index - 2 : index - 1
        guard last >= unitEnd, last >= 0, text.script(at: last) == .latin else { return false }
        return !isBehindHyphen || !text.isVariable(last)
    }

    /// Symbols right before a number belong to it: "$5", "-3", "#1".
    private func numberStart(_ index: Int, notBefore span: Range<Int>?) -> Int {
        var start = index
        let least = span?.lowerBound ?? 0
        while start > least, text.scalars[start - 1].leadsNumbers { start -= 1 }
        return max(least, text.currencyCodeStart(before: start) ?? start)
    }

    /// The position after the digits, the marks in the number or between two, and the symbols after it.
    private func numberEnd(_ index: Int) -> Int {
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
}

extension CleanText {
    /// Whether there is a letter, a digit, or a symbol that has a name.
    fileprivate var hasSomethingToSay: Bool {
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
    /// A symbol that belongs to the number right after it.
    fileprivate var leadsNumbers: Bool {
        switch self {
        case "$", "€", "£", "¥", "₩", "₹", "₽", "+", "-", "−", "±", "#", "№", "~", "≈", "<", ">", "≤", "≥", "√", "×",
            "÷":
            true
        default: false
        }
    }

    /// A symbol that belongs to the number right before it.
    fileprivate var trailsNumbers: Bool {
        switch self {
        case "%", "‰", "°", "℃", "℉", "$", "€", "£", "¥", "²", "³", "½", "¼", "¾": true
        default: false
        }
    }

    /// A mark inside a number, or between two.
    fileprivate var joinsNumbers: Bool {
        switch self {
        case ".", ",", ":", "/", "-", "–", "—", "−", "~", "×", "÷", "+", "=", "*", "^", "'", "\u{A0}": true
        default: false
        }
    }
}
