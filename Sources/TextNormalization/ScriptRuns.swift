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

/// Splits a text into runs of one script each, and finds the language of each.
///
/// Spaces, punctuation and symbols join the run before them. So do numbers, but in a text that is mostly Chinese (or in
/// any other script than Latin) a number is read in that language, unless it belongs to a Latin word ("MP3", "iPhone 15
/// Pro"). Text whose only letters are variable names is in the answer's language.
struct ScriptRuns {
    /// In order, without gaps; none if there is nothing to say.
    private(set) var runs: [ScriptRun] = []
    private let text: CleanText
    private let languages: ScriptLanguages

    /// - Parameter answer: the language state of the answer; the text is counted in it.
    init(of text: CleanText, in answer: inout AnswerLanguage) {
        self.text = text
        languages = answer.languages
        if answer.currentScript == .latin, let letters = text.plainlyLatinLetters {
            answer.count(letters, of: .latin)
            runs = [ScriptRun(language: languages.latin, range: 0..<text.count)]
            return
        }
        let survey = ScriptSurvey(of: text)
        let census = survey.census
        let base = census.base ?? answer.currentScript
        var found = languages.found(in: text, census: census)
        if census.base == nil { found.set(answer.current, for: base) }
        answer.count(census, of: text)
        join(survey.spans, base: base, found)
    }

    private mutating func join(_ spans: [ScriptSpan], base: Script, _ found: ScriptLanguages.Found) {
        let after = Self.scriptsAfter(spans)
        var before: Script?
        for index in spans.indices {
            var range = spans[index].range
            let script: Script
            switch spans[index].content {
            // "XIX в.": Roman numerals in Cyrillic text.
            case .letters(.latin) where base == .cyrillic && text.isRoman(range): script = base
            case .letters(let own): script = own
            case .number:
                // "增长了5.2%，CPI": a number right behind a Han character is read with it.
                let isAttached = range.lowerBound > 0 && text.script(at: range.lowerBound - 1) == .han
                if isAttached {
                    script = .han
                } else if base == .han, text.isApart(range.lowerBound) || text.isCalculated(range) {
                    script = base
                } else {
                    script = Self.script(ofNumberAfter: before, before: after[index], base: base)
                }
            case .other: script = base
            }
            // A unit that was taken by a number is no longer part of the letters after it.
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
            if case .number(let end) = spans[index].content, script != .latin {
                let unitEnd = UnitSymbols.end(in: text, after: end, language: language)
                range = range.lowerBound..<max(range.upperBound, unitEnd)
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

    /// Appends Latin letters in a text of another script. Operators between variables ("x² + y") are read in the text's
    /// language, and so is the number after a single capital ("A4").
    private mutating func appendLatin(_ range: Range<Int>, _ language: String, base: String) {
        let isFormula = text.isFormula(range)
        var start = range.lowerBound
        var index = start
        var isSymbol = false
        while index < range.upperBound {
            let scalar = text.scalars[index]
            var end = index + 1
            let isNextSymbol: Bool
            if scalar.isDigit, text.isBehindSingleCapital(index, before: range.upperBound) {
                isNextSymbol = true
                while end < range.upperBound, text.scalars[end].isDigit { end += 1 }
            } else if isFormula, scalar.isOperator {
                isNextSymbol = true
            } else {
                isNextSymbol = text.script(at: index) == .common && !scalar.isDigit ? isSymbol : false
            }
            if isNextSymbol != isSymbol, index > start {
                append(start..<index, isSymbol ? base : language)
                start = index
            }
            isSymbol = isNextSymbol
            index = end
        }
        append(start..<range.upperBound, isSymbol ? base : language)
    }

    /// A number is read in its neighbours' script if they agree, or in the text's if one of them has it.
    private static func script(ofNumberAfter before: Script?, before after: Script?, base: Script) -> Script {
        if let before, before == after { return before }
        if before == base || after == base || base != .latin { return base }
        return before ?? after ?? base
    }

    /// For each span, the script of the next letters after it.
    private static func scriptsAfter(_ spans: [ScriptSpan]) -> [Script?] {
        var result = [Script?](repeating: nil, count: spans.count)
        var next: Script?
        for index in spans.indices.reversed() {
            result[index] = next
            if case .letters(let script) = spans[index].content { next = script }
        }
        return result
    }
}
