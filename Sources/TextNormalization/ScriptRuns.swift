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
/// "iPhone 15 Pro"). What has no letters but names of variables is in the answer's language.
struct ScriptRuns {
    /// In order, without gaps; none if there is nothing to say.
    private(set) var runs: [ScriptRun] = []
    private let text: CleanText
    private let languages: ScriptLanguages

    /// - Parameter answer: what the text is part of; the text is counted.
    init(of text: CleanText, in answer: inout AnswerLanguage) {
        self.text = text
        languages = answer.languages
        if answer.currentScript == .latin, let letters = text.plainlyLatinLetters {
            answer.count(letters, of: .latin)
            runs = [ScriptRun(language: languages.latin, range: 0..<text.count)]
            return
        }
        let (spans, census) = survey()
        let base = census.base ?? answer.currentScript
        var found = languages.found(in: text, census: census)
        if census.base == nil { found.set(answer.current, for: base) }
        answer.count(census, of: text)
        join(spans, base: base, found)
    }

    private mutating func join(_ spans: [Span], base: Script, _ found: ScriptLanguages.Found) {
        let after = Self.scriptsAfter(spans)
        var before: Script?
        for index in spans.indices {
            var range = spans[index].range
            let script: Script
            switch spans[index].content {
            // "XIX в.": Roman figures in Cyrillic text.
            case .letters(.latin) where base == .cyrillic && text.isRoman(range): script = base
            case .letters(let own): script = own
            case .figure:
                // "增长了5.2%，CPI": a number right behind a Han character is read with it.
                let isAttached = range.lowerBound > 0 && text.script(at: range.lowerBound - 1) == .han
                if isAttached {
                    script = .han
                } else if base == .han, text.isApart(range.lowerBound) || text.isCalculated(range) {
                    script = base
                } else {
                    script = Self.script(ofFigureAfter: before, before: after[index], base: base)
                }
            case .other: script = base
            }
            // A unit that a number took is gone from the run of letters that followed.
            if let last = runs.last, last.range.upperBound > range.lowerBound {
                guard last.range.upperBound < range.upperBound else { continue }
                range = last.range.upperBound..<range.upperBound
                if range.allSatisfy({ text.script(at: $0) == .common }) {
                    runs[runs.count - 1].range = last.range.lowerBound..<range.upperBound
                    continue
                }
            }
            if case .letters = spans[index].content { before = script }
            let language = found.language(of: script)
            if case .figure(let end) = spans[index].content, script != .latin {
                range = range.lowerBound..<max(range.upperBound, self.end(ofUnitAfter: end, language: language))
            }
            if script == .latin, base != .latin {
                appendLatin(range, language, base: found.language(of: base))
            } else {
                append(range, language)
            }
        }
    }

    private mutating func append(_ range: Range<Int>, _ language: String) {
        if let last = runs.last, last.language == language {
            runs[runs.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
            runs.append(ScriptRun(language: language, range: range))
        }
    }

    /// Latin letters in a text of another script: signs between variables ("x² + y") are read with the text, and so is
    /// the number behind a single capital ("A4").
    private mutating func appendLatin(_ range: Range<Int>, _ language: String, base: String) {
        let isFormula = text.isFormula(range)
        var start = range.lowerBound
        var index = start
        var isSign = false
        while index < range.upperBound {
            let scalar = text.scalars[index]
            var end = index + 1
            let isNextSign: Bool
            if scalar.isDigit, text.isBehindSingleCapital(index, before: range.upperBound) {
                isNextSign = true
                while end < range.upperBound, text.scalars[end].isDigit { end += 1 }
            } else if isFormula, scalar.isOperator {
                isNextSign = true
            } else {
                isNextSign = text.script(at: index) == .common && !scalar.isDigit ? isSign : false
            }
            if isNextSign != isSign, index > start {
                append(start..<index, isSign ? base : language)
                start = index
            }
            isSign = isNextSign
            index = end
        }
        append(start..<range.upperBound, isSign ? base : language)
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
            if scalar.isDigit, let last = spans.last, last.content == .letters(.latin), isInLatinWord(index, unitEnd),
                !text.isBehindCurrencyCode(index)
            {
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
                if index > unitEnd, script != previous || script.isSpaceless,
                    script != .latin || text.isWord(at: index - 1)
                {
                    census.count(script)
                }
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

    /// Whether a number at `index` belongs to a Latin word: "MP3", "GPT-4", but not "x-1".
    private func isInLatinWord(_ index: Int, _ unitEnd: Int) -> Bool {
        let isBehindHyphen = text.scalars[index - 1] == "-"
        let last = isBehindHyphen ? index - 2 : index - 1
        guard last >= unitEnd, last >= 0, text.script(at: last) == .latin else { return false }
        return !isBehindHyphen || !text.isVariable(last)
    }

    /// Signs directly before a number belong to it: "$5", "-3", "#1".
    private func figureStart(_ index: Int, notBefore span: Range<Int>?) -> Int {
        var start = index
        let least = span?.lowerBound ?? 0
        while start > least, text.scalars[start - 1].leadsNumbers { start -= 1 }
        return max(least, text.currencyCodeStart(before: start) ?? start)
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

    /// How many Latin letters there are, if there are such or digits, and nothing that may be of another script.
    var plainlyLatinLetters: Int? {
        if let ascii {
            var letters: UInt32 = 0
            var digits: UInt8 = 0
            for byte in ascii {
                letters &+= (byte | 0x20) &- 0x61 < 26 ? 1 : 0
                digits |= byte &- 0x30 < 10 ? 1 : 0
            }
            return letters > 0 || digits > 0 ? Int(letters) : nil
        }
        var letters = 0
        var hasDigits = false
        for scalar in scalars {
            // From 0x2000 on there are punctuation and signs.
            guard scalar.value < 0x0250 || (0x2000..<0x2C00).contains(scalar.value) else { return nil }
            if scalar.isASCIILetter { letters += 1 } else if scalar.isDigit { hasDigits = true }
        }
        return letters > 0 || hasDigits ? letters : nil
    }

    /// Whether the Latin word that begins at `index` tells that the text is Latin: a variable or an abbreviation in
    /// capitals does not.
    func isWord(at index: Int) -> Bool {
        var end = index
        var isCapital = true
        while end < count, end - index < 5, script(at: end) == .latin {
            isCapital = isCapital && scalars[end].value < 0x60
            end += 1
        }
        let length = end - index
        if length > 4 { return true }
        if length == 1 || isCapital { return false }
        return length > 3 || !isOperand(index..<end)
    }

    /// Whether a sign of calculation stands beside a short word: "mc²", "AC = 6".
    private func isOperand(_ word: Range<Int>) -> Bool {
        let next = word.upperBound < count && scalars[word.upperBound].isBlank ? word.upperBound + 1 : word.upperBound
        if next < count, scalars[next].isOperator { return true }
        let last =
            word.lowerBound > 0 && scalars[word.lowerBound - 1].isBlank ? word.lowerBound - 2 : word.lowerBound - 1
        return last >= 0 && scalars[last].isOperator
    }

    /// Whether a single small letter stands at `index`.
    func isVariable(_ index: Int) -> Bool {
        scalars[index].value &- 0x61 < 26 && (index == 0 || Script(scalars[index - 1]) == .common)
            && (index + 1 == count || Script(scalars[index + 1]) == .common)
    }

    /// Whether the figure at `index` stands behind punctuation of East Asian text: a Latin word before is far away.
    func isApart(_ index: Int) -> Bool {
        let last = index > 0 && scalars[index - 1].isBlank ? index - 2 : index - 1
        return last >= 0 && "，。、；：！？（《“".unicodeScalars.contains(scalars[last])
    }

    /// Whether the figure of `range` is calculated with: "x + 1", "3x = 5".
    func isCalculated(_ range: Range<Int>) -> Bool {
        if scalars[range.lowerBound].isOperator || scalars[range.lowerBound] == "-", range.lowerBound > 0 {
            let last = scalars[range.lowerBound - 1].isBlank ? range.lowerBound - 2 : range.lowerBound - 1
            if last >= 0, scalars[last] == ")" || scalars[last] == "²" || isVariable(last) { return true }
        }
        let before =
            range.lowerBound > 0 && scalars[range.lowerBound - 1].isBlank ? range.lowerBound - 2 : range.lowerBound - 1
        if before >= 0, scalars[before].isOperator { return true }
        let after =
            range.upperBound < count && scalars[range.upperBound].isBlank ? range.upperBound + 1 : range.upperBound
        guard after < count else { return false }
        return scalars[after].isOperator
            || after == range.upperBound && isVariable(after) && isFormula(after..<min(count, after + 3))
    }

    /// Whether a stretch is a Roman numeral and what is no letter.
    func isRoman(_ range: Range<Int>) -> Bool {
        range.allSatisfy { script(at: $0) == .common || "IVX".unicodeScalars.contains(scalars[$0]) }
    }

    /// Whether letters are variables with signs of calculation between them.
    func isFormula(_ range: Range<Int>) -> Bool {
        var hasOperator = false
        var length = 0
        for index in range {
            if script(at: index) == .latin {
                length += 1
                if length > 3 { return false }
                continue
            }
            length = 0
            guard scalars[index].isOperator else { continue }
            let next = index + 1 < count && scalars[index + 1].isBlank ? index + 2 : index + 1
            let isPower = scalars[index] == "²" || scalars[index] == "³"
            hasOperator =
                hasOperator || isPower
                || next < count && (scalars[next].isDigit || script(at: next) == .latin || scalars[next] == "(")
        }
        return hasOperator
    }

    /// Whether the digits at `index` stand behind one capital, and end the name: "A4", "G1234", but not "H2O".
    func isBehindSingleCapital(_ index: Int, before end: Int) -> Bool {
        guard index > 0, scalars[index - 1].value &- 0x41 < 26, index < 2 || script(at: index - 2) != .latin,
            index < 2 || !scalars[index - 2].isDigit && scalars[index - 2] != "-"
        else { return false }
        let last = digits(at: index, before: end).upperBound
        return last == count || Script(scalars[last]) != .latin && scalars[last] != "-" && scalars[last] != "."
    }

    /// Whether a currency's code stands right before the number at `index`: "HKD13.5".
    func isBehindCurrencyCode(_ index: Int) -> Bool {
        currencyCodeStart(before: index) != nil
    }

    /// Where the code of a currency begins that ends before a number at `index`, or the letters before its sign:
    /// "USD 20", "HK$50".
    func currencyCodeStart(before index: Int) -> Int? {
        var end = index
        var isDollar = index < count && scalars[index] == "$"
        if end > 0, scalars[end - 1] == "$" {
            end -= 1
            isDollar = true
        }
        if !isDollar, end > 0, scalars[end - 1].isBlank { end -= 1 }
        var start = end
        while start > 0, end - start < 4, scalars[start - 1].value &- 0x41 < 26 { start -= 1 }
        guard end > start, end - start < 4, start == 0 || Script(scalars[start - 1]) != .latin else { return nil }
        let known = isDollar ? CurrencyCodes.prefixes : CurrencyCodes.all
        return known.contains(string(start..<end)) ? start : nil
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

    /// A sign of calculation or comparison.
    fileprivate var isOperator: Bool {
        switch self {
        case "=", "+", "×", "÷", "^", "²", "³", "<", ">", "≤", "≥", "≠", "≈", "±", "−", "*", "√": true
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
