// SPDX-License-Identifier: GPL-3.0-or-later

/// Puts a formula in LaTeX or Unicode into words that a listener can follow: `\frac{x+1}{2}` → "x plus one, over two".
///
/// A comma is said where a reader sees a bracket or a fraction bar. If any of it can't be read, all of it becomes "a
/// formula".
struct FormulaReader {
    /// A part of a formula, in words.
    struct Part {
        var words: String
        /// Whether it is more than a number, letter or call, so that listeners must hear where it ends.
        var isCompound = false
        /// The letter as written, if it is a single one.
        var letter: String?
        var isGroup = false
    }

    private static let longest = 400
    private static let deepest = 12

    let language: FormulaLanguage
    let tokens: [FormulaToken]
    var position = 0
    private var depth = 0
    var isUnreadable = false
    /// The second digit of `\frac12`.
    var pendingDigit: String?

    /// Returns the formula in words.
    static func words(of source: String, in language: FormulaLanguage) -> String {
        var reader = FormulaReader(language: language, tokens: FormulaToken.all(in: source))
        guard reader.tokens.count <= longest else { return language.formula }
        let part = reader.sequence { _ in false }
        guard !reader.isUnreadable, !part.words.isEmpty else { return language.formula }
        // Without commas, the words are already joined correctly.
        let isJoined = language == .english && !part.words.utf8.contains(UInt8(ascii: ","))
        return isJoined ? part.words : language.joined([part.words]).trimmingCommas
    }

    var next: FormulaToken? { position < tokens.count ? tokens[position] : nil }

    /// Reads parts and operators up to a token that ends them, without consuming it.
    mutating func sequence(_ isEnd: (FormulaToken) -> Bool) -> Part {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            isUnreadable = true
            position = tokens.count
            return Part(words: "")
        }
        var words: [String] = []
        words.reserveCapacity(8)
        var result = Part(words: "")
        var count = 0
        var afterOperand = false
        var hasRelation = false
        while let token = next, !isEnd(token), !isUnreadable {
            if let said = operatorWords(token, afterOperand: afterOperand) {
                position += 1
                if case .symbol = token { result.isCompound = true }
                let isRelation = FormulaWords.isRelation(token)
                let isChain = isRelation && hasRelation && language.chain != nil
                words.append(isChain ? "\(language.chain ?? "") \(said)" : said)
                // "x = 1, y = 2" is two relations.
                hasRelation = isRelation || hasRelation && !FormulaWords.separates(token)
                afterOperand = false
                continue
            }
            guard let part = operand(afterOperand: afterOperand, in: words.last) else { continue }
            if part.words.isEmpty { continue }
            words.append(part.words)
            count += 1
            result.letter = count == 1 ? part.letter : nil
            result.isCompound = result.isCompound || part.isCompound || count > 1 && (part.isGroup || count > 2)
            afterOperand = true
        }
        result.words = language.joined(words)
        return result
    }

    /// What is said for an operator, a relation or a new line; `nil`: it is none of these.
    func operatorWords(_ token: FormulaToken, afterOperand: Bool) -> String? {
        guard case .symbol(let symbol) = token else {
            return token == .newline ? "," : nil
        }
        if symbol == "−" || symbol == "-", !afterOperand { return language.negative }
        if symbol == "+", !afterOperand { return language.positive }
        return language.words(for: symbol)
    }

    /// Reads a number, letter, command or group, with its superscripts and subscripts.
    mutating func operand(afterOperand: Bool, in before: String?) -> Part? {
        guard let token = next else { return nil }
        position += 1
        var part: Part
        switch token {
        case .number(let digits): part = Part(words: language.number(digits))
        case .letter(let letter): part = Part(words: language.letter(letter), letter: letter)
        case .word(let word): part = Part(words: (afterOperand ? language.unit(word) : language.operand(word)) ?? word)
        case .open: part = group()
        case .command(let name): part = command(name)
        case .symbol(let symbol): return symbolPart(symbol, afterOperand: afterOperand, in: before)
        case .close, .sub, .sup, .newline:
            if token == .sup || token == .sub { part = Part(words: "") } else { return nil }
            position -= 1
        }
        return scripts(on: part)
    }

    mutating func symbolPart(_ symbol: String, afterOperand: Bool, in before: String?) -> Part? {
        switch symbol {
        case "(", "[", "{", "⌊", "⌈":
            return scripts(on: bracketed(symbol, afterOperand: afterOperand, in: before))
        case "|", "‖":
            // A bar opens if an operand is expected and there is another bar.
            guard !afterOperand, tokens[position...].contains(.symbol(symbol)) else {
                return Part(words: language.given, isCompound: true)
            }
            let body = sequence { $0 == .symbol(symbol) }
            position += 1
            return scripts(on: Part(words: language.absolute(body, isNorm: symbol == "‖")))
        case "√", "∛":
            let body = argument()
            return Part(words: language.root(body, index: symbol == "∛" ? "3" : nil))
        case "∑", "∏", "∫", "∬", "∮": return big(symbol)
        case ")", "]", "}", "⌋", "⌉": return nil
        default:
            guard let words = language.operand(symbol) else {
                isUnreadable = true
                return nil
            }
            return scripts(on: Part(words: words))
        }
    }

    /// `{…}`
    private mutating func group() -> Part {
        let body = sequence { $0 == .close }
        guard next == .close else {
            isUnreadable = true
            return body
        }
        position += 1
        return body
    }

    /// `{…}` or one token.
    mutating func argument() -> Part {
        guard let token = next else {
            isUnreadable = true
            return Part(words: "")
        }
        if token == .open {
            position += 1
            return group()
        }
        if case .number(let digits) = token, digits.count > 1, let first = digits.first {
            // `x^10` means ten, `\frac12` a half.
            position += 1
            return Part(words: language.number(digits), letter: String(first))
        }
        if case .symbol(let symbol) = token, symbol == "−" || symbol == "-" || symbol == "+" {
            position += 1
            let rest = operand(afterOperand: false, in: nil) ?? Part(words: "")
            return Part(words: language.joined([symbol == "+" ? language.positive : language.negative, rest.words]))
        }
        return operandWithoutScripts()
    }

    private mutating func operandWithoutScripts() -> Part {
        guard let token = next else { return Part(words: "") }
        position += 1
        switch token {
        case .number(let digits): return Part(words: language.number(digits))
        case .letter(let letter): return Part(words: language.letter(letter), letter: letter)
        case .word(let word): return Part(words: word)
        case .command(let name): return command(name)
        case .symbol(let symbol):
            if symbol == "(" { return bracketed(symbol, afterOperand: false, in: nil) }
            return Part(words: language.operand(symbol) ?? language.words(for: symbol) ?? "", letter: symbol)
        case .open, .close, .sub, .sup, .newline: return Part(words: "")
        }
    }

    /// Reads text between brackets: an argument, an interval, or a quantity.
    private mutating func bracketed(_ opener: String, afterOperand: Bool, in before: String?) -> Part {
        let closers: Set<String> = [")", "]", "}", "⌋", "⌉"]
        var items = 1
        let body = sequence { token in
            guard case .symbol(let symbol) = token else { return false }
            if symbol == "," { items += 1 }
            return closers.contains(symbol)
        }
        guard case .symbol(let closer)? = next else {
            isUnreadable = true
            return body
        }
        position += 1
        if opener == "{" { return Part(words: language.set(body.words), isGroup: true) }
        if items == 2 || opener == "[" || closer == "]", !afterOperand, before == language.words(for: "∈") {
            return Part(words: language.interval(body.words), isGroup: true)
        }
        if afterOperand, FormulaWords.isArgument(body, after: before) {
            return Part(words: language.argument(body), isGroup: true)
        }
        guard body.isCompound, items == 1 else { return Part(words: body.words, isGroup: true) }
        return Part(words: language.quantity(body.words, isProduct: afterOperand), isGroup: true)
    }

    /// Subscripts, powers and primes.
    private mutating func scripts(on base: Part) -> Part {
        var part = base
        while let token = next {
            switch token {
            case .sub:
                position += 1
                let below = argument()
                part.words = language.lowered(part.words, below)
            case .sup:
                position += 1
                if let symbol = raisedSymbol() {
                    part.words = symbol == "°" ? language.degrees(part.words) : language.primed(part.words)
                } else {
                    part.words = language.raised(part, argument())
                }
                part.letter = nil
            case .symbol("'"), .symbol("′"):
                position += 1
                part.words = language.primed(part.words)
            case .symbol("!"):
                position += 1
                part.words = language.factorial(part.words)
            case .symbol("°"):
                position += 1
                part.words = language.degrees(part.words)
            case .symbol("%"):
                position += 1
                part.words = language.percent(part.words)
            default: return part
            }
        }
        return part
    }

    /// `^\circ`, `^{\circ}` and `^\prime`.
    private mutating func raisedSymbol() -> String? {
        let isGrouped = next == .open
        let place = isGrouped ? position + 1 : position
        guard place < tokens.count, case .symbol(let symbol) = tokens[place], ["∘", "°", "′"].contains(symbol),
            !isGrouped || place + 1 < tokens.count && tokens[place + 1] == .close
        else { return nil }
        position = place + (isGrouped ? 2 : 1)
        return symbol == "′" ? "′" : "°"
    }

    private init(language: FormulaLanguage, tokens: [FormulaToken]) {
        self.language = language
        self.tokens = tokens
    }
}

extension String {
    /// Without commas and spaces at the ends.
    fileprivate var trimmingCommas: String {
        var text = unicodeScalars[...]
        while let first = text.first, first == "," || first == "，" || first == " " { text.removeFirst() }
        while let last = text.last, last == "," || last == "，" || last == " " { text.removeLast() }
        return String(text)
    }
}
