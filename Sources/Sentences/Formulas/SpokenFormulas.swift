// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension PlainText {
    /// Returns the text of `range` as it is spoken, with formulas in words; `nil` if there are none.
    func spoken(_ range: Range<Int>) -> MappedText? {
        guard let first = formulas.first, first.range.lowerBound < range.upperBound else { return nil }
        var found: [(range: Range<Int>, source: String, answer: String)] = []
        for index in 0..<formulas.count where range.contains(formulas[index].range.lowerBound) {
            if formulas[index].range.upperBound <= range.upperBound { found.append(formulas[index]) }
        }
        guard let answer = found.first?.answer, let language = formulaLanguage(range, found, answer) else {
            return nil
        }
        var result = MappedText(text: "", anchors: [])
        var place = range.lowerBound
        for formula in found {
            add(place..<formula.range.lowerBound, to: &result)
            let words = FormulaReader.words(of: formula.source, in: language)
            place = formula.range.upperBound
            // "a formula and a formula" says no more than "a formula".
            if words == language.formula, result.text.hasSuffix(words) { continue }
            add(words, for: formula.range, to: &result)
        }
        add(place..<range.upperBound, to: &result)
        return result
    }

    /// English or Chinese, depending on the text around the formulas; `nil` for any other language.
    private func formulaLanguage(
        _ range: Range<Int>, _ formulas: [(range: Range<Int>, source: String, answer: String)], _ answer: String
    ) -> FormulaLanguage? {
        var letters = 0
        var offset = range.lowerBound
        var next = formulas.startIndex
        while offset < range.upperBound {
            if next < formulas.endIndex, offset >= formulas[next].range.lowerBound {
                offset = max(offset, formulas[next].range.upperBound)
                next += 1
                continue
            }
            switch bytes[offset] {
            case 0xE3: if bytes.scalar(at: offset).isEastAsian { return nil }
            case 0xE4...0xE9: return .chinese
            case let byte: letters += byte.isASCIILetter ? 1 : 0
            }
            offset += 1
        }
        switch answer.primaryLanguage {
        case "en": return .english
        case "zh", "cmn": return letters > 1 ? .english : .chinese
        default: return nil
        }
    }

    private func add(_ range: Range<Int>, to text: inout MappedText) {
        guard !range.isEmpty else { return }
        let part = mapped(range)
        let shift = text.text.utf8.count
        text.text += part.text
        text.anchors += part.anchors.map { Alignment.Anchor(spoken: $0.spoken + shift, source: $0.source) }
    }

    private func add(_ words: String, for range: Range<Int>, to text: inout MappedText) {
        let anchors = mapped(range).anchors
        guard let first = anchors.first, let last = anchors.last else { return }
        let start = text.text.utf8.count
        text.text += words
        text.anchors.append(Alignment.Anchor(spoken: start, source: first.source))
        // Stretches of equal length would otherwise count as running side by side.
        if words.utf8.count == last.source - first.source, words.utf8.count > 1 {
            text.anchors.append(Alignment.Anchor(spoken: start + 1, source: first.source))
        }
        text.anchors.append(Alignment.Anchor(spoken: text.text.utf8.count, source: last.source))
    }
}
