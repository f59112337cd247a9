// SPDX-License-Identifier: GPL-3.0-or-later

/// LaTeX commands, with their arguments and limits.
extension FormulaReader {
    /// Reads a sum, product or integral with its limits.
    mutating func big(_ symbol: String) -> Part {
        let (low, high) = limits()
        return Part(words: language.big(symbol, from: low, to: high), isCompound: true)
    }

    private mutating func limits() -> (low: String?, high: String?) {
        var low: String?
        var high: String?
        while let token = next {
            if token == .sub {
                position += 1
                low = argument().words
            } else if token == .sup {
                position += 1
                high = argument().words
            } else if case .command(let name) = token, ["limits", "nolimits"].contains(name) {
                position += 1
            } else {
                break
            }
        }
        return (low, high)
    }

    mutating func command(_ name: String) -> Part {
        if let symbol = FormulaWords.symbols[name] {
            if let part = symbolPart(symbol, afterOperand: false, in: nil) { return part }
            return Part(words: "")
        }
        switch name {
        case "frac", "dfrac", "tfrac", "cfrac":
            let over = fractionArgument()
            let under = fractionArgument()
            return Part(words: language.fraction(over, under), isCompound: over.isCompound || under.isCompound)
        case "binom", "dbinom", "tbinom":
            let over = argument()
            return Part(words: language.choose(over.words, argument().words))
        case "sqrt":
            var index: String?
            if next == .symbol("[") {
                position += 1
                index = sequence { $0 == .symbol("]") }.words
                position += 1
            }
            return Part(words: language.root(argument(), index: index))
        case "lim", "max", "min", "sup", "inf", "argmax", "argmin", "limsup", "liminf":
            return Part(words: language.extremum(name, limits().low), isCompound: true)
        case "log", "lg", "ln", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh",
            "tanh", "exp", "det", "gcd", "dim", "ker", "deg":
            return function(name)
        case "bar", "hat", "vec", "tilde", "dot", "ddot", "overline", "widehat", "overrightarrow", "mathring":
            return Part(words: language.accent(name, argument().words))
        case "pmod":
            return Part(words: "\(language.modulo) \(argument().words)")
        case "bmod", "mod": return Part(words: language.modulo)
        case "begin": return environment()
        default:
            if FormulaWords.transparent.contains(name) { return argument() }
            if FormulaWords.silent.contains(name) { return Part(words: "") }
            isUnreadable = true
            return Part(words: "")
        }
    }

    /// `\frac12` has one digit on each side.
    private mutating func fractionArgument() -> Part {
        if case .number(let digits)? = next, digits.count == 2, let first = digits.first, let last = digits.last,
            position + 1 >= tokens.count || tokens[position + 1] != .open
        {
            isUnreadable = isUnreadable || !first.isNumber
            position += 1
            pendingDigit = String(last)
            return Part(words: language.number(String(first)))
        }
        if let digit = pendingDigit {
            pendingDigit = nil
            return Part(words: language.number(digit))
        }
        return argument()
    }
    private mutating func function(_ name: String) -> Part {
        let (low, high) = limits()
        let words = language.function(name, base: low, power: high)
        guard let token = next, token != .close, token != .newline, operatorWords(token, afterOperand: true) == nil
        else {
            return Part(words: words)
        }
        if case .symbol(let symbol) = token, [")", "]", "}", "|"].contains(symbol) { return Part(words: words) }
        let argument = operand(afterOperand: false, in: nil) ?? Part(words: "")
        return Part(words: language.joined([words, argument.words]), isCompound: true)
    }

    /// Reads an environment: lines of equations, or cases. Others can't be read.
    private mutating func environment() -> Part {
        let name = argument().words.filter { $0.isLetter }
        guard ["aligned", "align", "gathered", "gather", "equation", "split", "cases", "eqnarray"].contains(name) else {
            isUnreadable = true
            return Part(words: "")
        }
        let body = sequence { $0 == .command("end") }
        guard next == .command("end") else {
            isUnreadable = true
            return body
        }
        position += 1
        _ = argument()
        return Part(words: body.words, isCompound: true)
    }
}
