// SPDX-License-Identifier: GPL-3.0-or-later

extension CleanText {
    /// Whether the Latin word that begins at `index` is evidence of Latin text. A variable or an abbreviation in
    /// capitals is not.
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

    /// Whether a short word has an operator next to it: "mc²", "AC = 6".
    private func isOperand(_ word: Range<Int>) -> Bool {
        let next = word.upperBound < count && scalars[word.upperBound].isBlank ? word.upperBound + 1 : word.upperBound
        if next < count, scalars[next].isOperator { return true }
        let last =
            word.lowerBound > 0 && scalars[word.lowerBound - 1].isBlank ? word.lowerBound - 2 : word.lowerBound - 1
        return last >= 0 && scalars[last].isOperator
    }

    /// Whether there is a single lowercase letter at `index`.
    func isVariable(_ index: Int) -> Bool {
        scalars[index].value &- 0x61 < 26 && (index == 0 || Script(scalars[index - 1]) == .common)
            && (index + 1 == count || Script(scalars[index + 1]) == .common)
    }

    /// Whether the number at `index` follows East Asian punctuation, which separates it from any Latin word before it.
    func isApart(_ index: Int) -> Bool {
        let last = index > 0 && scalars[index - 1].isBlank ? index - 2 : index - 1
        return last >= 0 && "，。、；：！？（《“".unicodeScalars.contains(scalars[last])
    }

    /// Whether the number in `range` is part of a calculation: "x + 1", "3x = 5".
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

    /// Whether a range holds only the letters of Roman numerals, and characters that are not letters.
    func isRoman(_ range: Range<Int>) -> Bool {
        range.allSatisfy { script(at: $0) == .common || "IVX".unicodeScalars.contains(scalars[$0]) }
    }

    /// Whether the letters are variables with operators between them.
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

    /// Whether the digits at `index` follow a single capital and end the name: "A4", "G1234", but not "H2O".
    func isBehindSingleCapital(_ index: Int, before end: Int) -> Bool {
        guard index > 0, scalars[index - 1].value &- 0x41 < 26, index < 2 || script(at: index - 2) != .latin,
            index < 2 || !scalars[index - 2].isDigit && scalars[index - 2] != "-"
        else { return false }
        let last = digits(at: index, before: end).upperBound
        return last == count || Script(scalars[last]) != .latin && scalars[last] != "-" && scalars[last] != "."
    }
}

extension Unicode.Scalar {
    /// An arithmetic or comparison operator.
    var isOperator: Bool {
        switch self {
        case "=", "+", "×", "÷", "^", "²", "³", "<", ">", "≤", "≥", "≠", "≈", "±", "−", "*", "√": true
        default: false
        }
    }
}
