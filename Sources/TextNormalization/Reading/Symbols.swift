// SPDX-License-Identifier: GPL-3.0-or-later

extension RunReader {
    /// Reads what is neither a letter, a digit nor a space.
    mutating func readSymbol() {
        let symbol = text.scalars[index]
        switch symbol {
        case "<" where scalar(index + 1) == "<", ">" where scalar(index + 1) == ">":
            var last = index
            while scalar(last) == symbol { last += 1 }
            leaveOut(index..<last)
        case ">" where isPath:
            say(",", for: scalar(index - 1).isBlank ? index - 1..<index + 1 : index..<index + 1)
        case "√", "×", "✓", "✗", "✔", "✘":
            let isProduct = symbol == "×" && isOperand(before: index) && isOperand(after: index)
            let isRoot = symbol == "√" && (isDigit(index + 1) || scalar(index + 1) == "(" || isLetter(index + 1))
            if isProduct {
                readOperator(symbol)
            } else if isRoot, let words = rules.words.symbols[symbol] {
                say(words, for: index..<index + 1)
            } else {
                leaveOut(index..<index + 1)
            }
        case "·" where isSpaced, "•" where isSpaced && index > range.lowerBound, "|" where isSpaced:
            // A separator between the items of a line.
            say(",", for: index - 1..<index + 1)
        case "," where isDigit(index - 1) && isDigit(index + 1) && rules.numbers.decimalMark == ".":
            say(", ", for: index..<index + 1)
        case "." where isDigit(index + 1) && !isDigit(index - 1) && !isLetter(index - 1):
            readBareDecimals()
        case "<", ">", "!", "=":
            if scalar(index + 1) == "=" { readComparison(symbol) } else { readAngle(symbol) }
        case ":" where scalar(index + 1) == "=" && rules.words.operators["="] != nil:
            say("", for: index..<index + 1)
        case "–" where readTimeDash(), "-" where readTimeDash(): break
        case "–" where readWeekdays(), "-" where readWeekdays(), "~" where readWeekdays(), "～" where readWeekdays(),
            "〜" where readWeekdays():
            break
        case "–" where readCounterDash(), "-" where readCounterDash(), "~" where readCounterDash(),
            "～" where readCounterDash(), "〜" where readCounterDash():
            break
        case ",", ".", "?", ";", ":", "'", "\"", "(", ")", "“", "”", "‘", "’", "…", "—", "–":
            index += 1
        case "-", "−":
            readDash(symbol)
        case "#", "№":
            readNumberSign()
        case "~":
            let isAmount = isDigit(index + 1) || rules.quantities.currencies[scalar(index + 1)] != nil
            if let about = rules.numbers.about, isAmount { say(about, for: index..<index + 1) } else { index += 1 }
        case "*":
            readStar()
        case "^", "²", "³", "⁰", "¹", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻":
            readPower()
        case "/":
            readSlash()
        case "+":
            readOperator(symbol)
        default:
            if readMoney() || readFractionCharacter() { return }
            if let words = rules.words.symbols[symbol] {
                say(words, for: index..<index + 1)
            } else {
                readOperator(symbol)
            }
        }
    }

    /// Skips what is not read, along with the space after it if there is one before it too.
    private mutating func leaveOut(_ range: Range<Int>) {
        let isBetweenBlanks = (range.lowerBound == self.range.lowerBound || scalar(range.lowerBound - 1).isBlank)
        let takesBlank = isBetweenBlanks && range.upperBound < end && scalar(range.upperBound).isBlank
        say("", for: range.lowerBound..<(takesBlank ? range.upperBound + 1 : range.upperBound))
    }

    private var isSpaced: Bool { index > range.lowerBound && scalar(index - 1).isBlank && scalar(index + 1).isBlank }

    /// The dash or tilde between numbers with counters: 3월-5월, 9시~17시.
    private mutating func readCounterDash() -> Bool {
        guard rules.numbers.decimalWord != nil, let through = rules.numbers.through, isDigit(index + 1),
            isLetter(index - 1)
        else { return false }
        var start = index - 1
        while isLetter(start - 1), index - start < 4 { start -= 1 }
        guard isDigit(start - 1) else { return false }
        say(through, for: index..<index + 1)
        return true
    }

    /// Reads a minus before a number, an arrow, or a hyphen that is left as it is.
    private mutating func readDash(_ symbol: Unicode.Scalar) {
        if scalar(index + 1) == ">", let arrow = rules.words.symbols["→"] {
            return say(arrow, for: index..<index + 2)
        }
        let next = scalar(index + 1)
        let mayBeMinus = scalar(index - 1).isBlank || ["(", "[", ",", "=", "~"].contains(scalar(index - 1))
        if mayBeMinus, let minus = rules.numbers.minus, next.isDigit || rules.quantities.currencies[next] != nil {
            return say(scalar(index - 1) == "," ? " " + minus : minus, for: index..<index + 1)
        }
        if symbol == "−" { return readOperator(symbol) }
        index += 1
    }

    /// Reads "<", ">", "=" and "!" without a "=" after it.
    private mutating func readAngle(_ symbol: Unicode.Scalar) {
        if symbol == "<", scalar(index + 1) == "-", scalar(index + 2) == ">" || scalar(index + 2).isBlank,
            scalar(index - 1).isBlank, let arrow = rules.words.symbols[scalar(index + 2) == ">" ? "↔" : "←"]
        {
            // "<->", "<- "
            say(arrow, for: index..<(scalar(index + 2) == ">" ? index + 3 : index + 2))
        } else if symbol == "=", scalar(index + 1) == ">", let arrow = rules.words.symbols["→"] {
            say(arrow, for: index..<index + 2)
        } else if symbol == "<", let last = tagEnd {
            // Anything that looks like a tag is named without its brackets.
            let isClosing = scalar(index + 1) == "/"
            say(isLetter(index - 1) ? " " : "", for: index..<(isClosing ? index + 2 : index + 1))
            say(isLetter(last + 1) ? " " : "", for: last..<last + 1)
        } else if symbol == "<", scalar(index + 1) == "3", !isOperand(before: index), !isDigit(index + 2) {
            // A heart emoticon.
            say("", for: index..<index + 2)
        } else if symbol == "<", let words = rules.words.operators[symbol],
            isDigit(scalar(index + 1).isBlank ? index + 2 : index + 1),
            index == range.lowerBound || scalar(index - 1).isBlank || scalar(index - 1) == "("
        {
            say(words, for: index..<index + 1)
        } else {
            readOperator(symbol)
        }
    }

    /// The position of ">" in "<word>" or "</word>" at `index`.
    private var tagEnd: Int? {
        let name = scalar(index + 1) == "/" ? index + 2 : index + 1
        var last = name
        while isLetter(last) || isDigit(last), last - name < 24 { last += 1 }
        return isLetter(name) && scalar(last) == ">" ? last : nil
    }

    /// ">=", "!=" and the like.
    private mutating func readComparison(_ symbol: Unicode.Scalar) {
        let pairs: [Unicode.Scalar: Unicode.Scalar] = ["<": "≤", ">": "≥", "!": "≠", "=": "="]
        let last = scalar(index + 2) == "=" ? index + 3 : index + 2
        guard let words = pairs[symbol].flatMap({ rules.words.operators[$0] }), isOperand(after: last - 1) else {
            index += 1
            return
        }
        say(words, for: index..<last)
    }

    /// ".5" is "0.5".
    private mutating func readBareDecimals() {
        let digits = text.digits(at: index + 1, before: end)
        say("0" + String(Character(rules.numbers.decimalMark)) + text.string(digits), for: index..<digits.upperBound)
    }

    /// "#1", "№ 5", "C#".
    private mutating func readNumberSign() {
        if let sharp = rules.words.sharp, isCapital(index - 1), !isLetter(index - 2), !isLetter(index + 1),
            !isDigit(index + 1)
        {
            return say(sharp, for: index..<index + 1)
        }
        let place = scalar(index + 1).isBlank ? index + 2 : index + 1
        let isClose = place == index + 1 || text.scalars[index] == "№"
        guard let words = rules.numbers.number, isClose, isDigit(place), !isLetter(index - 1) else {
            index += 1
            return
        }
        say(words, for: index..<index + 1)
    }

    /// Reads a multiplication between numbers or single letters. eSpeak NG would read any other "*" as "asterisk".
    private mutating func readStar() {
        let isClose = isLetter(index - 1) && isLetter(index + 1)
        let last = scalar(index - 1).isBlank ? index - 2 : index - 1
        let isProduct = isClose || isDigit(last) && isOperand(after: index)
        if isProduct, let times = rules.words.operators["×"] {
            say(times, for: index..<index + 1)
        } else {
            say("", for: index..<index + 1)
        }
    }

    /// Reads an arithmetic or comparison operator between two quantities.
    private mutating func readOperator(_ symbol: Unicode.Scalar) {
        if let words = rules.words.operators[symbol], isOperand(after: index), symbol != "<" || isOperand(before: index)
        {
            say(words, for: index..<index + 1)
        } else {
            index += 1
        }
    }

    /// A slash between words is not said; eSpeak NG would read "slash".
    private mutating func readSlash() {
        if scalar(index - 1).isBlank, scalar(index + 1).isBlank, index > range.lowerBound {
            say(",", for: index - 1..<index + 1)
        } else if isLetter(index - 1), let per = rules.quantities.per, isPlural(before: index),
            rules.quantities.perWords.contains(wordAfter(index + 1))
        {
            say(" \(per) ", for: index..<index + 1)
        } else if isLetter(index - 1), scalar(index - 1) == "s", rules.quantities.per != nil,
            rules.quantities.durations.contains(where: { $0.symbols.contains(wordAfter(index + 1)) })
        {
            // "tokens/s"
            readPer()
        } else if isLetter(index - 1), isLetter(index + 1), rules.words.symbols["/"] != nil {
            say(rules.words.symbols["/"] ?? " ", for: index..<index + 1)
        } else {
            index += 1
        }
    }

    /// Whether the word before the slash names what is counted: "litres", but not "day" in "day/night".
    private func isPlural(before place: Int) -> Bool {
        let word = wordsBefore(place, upTo: 1).first ?? ""
        return !rules.quantities.perWords.contains(word)
    }

    /// "File > Open": a path through menus.
    private var isPath: Bool {
        guard scalar(index - 1).isBlank, scalar(index + 1).isBlank, isCapital(index + 2), isLetter(index - 2) else {
            return false
        }
        var start = index - 2
        while isLetter(start - 1) { start -= 1 }
        return isCapital(start) && index - 2 > start
    }

    private func isOperand(before place: Int) -> Bool {
        let last = scalar(place - 1).isBlank ? place - 2 : place - 1
        return isDigit(last) || isLetter(last) || scalar(last) == ")"
    }

    private func isOperand(after place: Int) -> Bool {
        let next = scalar(place + 1).isBlank ? place + 2 : place + 1
        return isDigit(next) || isLetter(next) || scalar(next) == "(" || scalar(next) == "-"
    }
}
