// SPDX-License-Identifier: GPL-3.0-or-later

/// A token of a formula.
enum FormulaToken: Equatable {
    case number(String)
    /// One letter; Greek letters by their LaTeX name.
    case letter(String)
    /// Text inside the formula: `\text{if}`.
    case word(String)
    /// A Unicode symbol or bracket.
    case symbol(String)
    case command(String)
    case open, close, sub, sup
    /// `\\`
    case newline

    private static let superscripts: [Character: String] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "ⁿ": "n",
        "⁻": "−", "⁺": "+",
    ]
    private static let subscripts: [Character: String] = [
        "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "ₙ": "n",
        "ᵢ": "i",
    ]

    static func all(in source: String) -> [FormulaToken] {
        var tokens: [FormulaToken] = []
        tokens.reserveCapacity(source.utf8.count)
        var rest = source[...]
        while let first = rest.utf8.first {
            // A combining mark may follow even an ASCII letter.
            if first < 0x80, rest.utf8.dropFirst().first.map({ $0 < 0x80 }) ?? true {
                rest.unicodeScalars.removeFirst()
                read(Unicode.Scalar(first), &rest, &tokens)
                continue
            }
            let character = rest.removeFirst()
            switch character {
            case "\\": readCommand(&rest, &tokens)
            case "0"..."9": readNumber(character, &rest, &tokens)
            case _ where character.isASCII:
                if let scalar = character.unicodeScalars.first { read(scalar, &rest, &tokens) }
            case _ where character.isWhitespace: continue
            case _ where superscripts[character] != nil:
                readRun(character, superscripts, .sup, &rest, &tokens)
            case _ where subscripts[character] != nil:
                readRun(character, subscripts, .sub, &rest, &tokens)
            case _ where FormulaWords.greek[String(character)] != nil:
                tokens.append(.letter(FormulaWords.greek[String(character)] ?? ""))
            case _ where character.isLetter:
                // Words in another script are read as they are.
                var word = String(character)
                while let next = rest.first, next.isLetter, !next.isASCII {
                    word.append(next)
                    rest.removeFirst()
                }
                tokens.append(.word(word))
            default: tokens.append(.symbol(String(character)))
            }
        }
        return tokens
    }

    /// Reads the token that an ASCII character begins.
    private static func read(_ scalar: Unicode.Scalar, _ rest: inout Substring, _ tokens: inout [FormulaToken]) {
        switch scalar {
        case "{": tokens.append(.open)
        case "}": tokens.append(.close)
        case "_": tokens.append(.sub)
        case "^": tokens.append(.sup)
        case "\\": readCommand(&rest, &tokens)
        case "&", "~", "$", "\u{0}"..." ": break
        case "0"..."9": readNumber(Character(scalar), &rest, &tokens)
        case "a"..."z", "A"..."Z": tokens.append(.letter(String(scalar)))
        default: tokens.append(.symbol(String(scalar)))
        }
    }

    private static func readNumber(_ first: Character, _ rest: inout Substring, _ tokens: inout [FormulaToken]) {
        var digits = String(first)
        while let next = rest.first, next.isASCII && next.isNumber || isMark(next, rest) {
            if next != "," { digits.append(next) }
            rest.removeFirst()
        }
        tokens.append(.number(digits))
    }

    /// A decimal point, or a comma between thousands.
    private static func isMark(_ mark: Character, _ rest: Substring) -> Bool {
        let after = rest.dropFirst()
        if mark == "." { return after.first.map { $0.isASCII && $0.isNumber } ?? false }
        guard mark == "," else { return false }
        let group = after.prefix(4)
        return group.prefix(3).count == 3 && group.prefix(3).allSatisfy { $0.isASCII && $0.isNumber }
            && !(group.count == 4 && group.last?.isNumber == true)
    }

    private static func readRun(
        _ first: Character, _ table: [Character: String], _ script: FormulaToken, _ rest: inout Substring,
        _ tokens: inout [FormulaToken]
    ) {
        var text = table[first] ?? ""
        while let next = rest.first, let plain = table[next] {
            text += plain
            rest.removeFirst()
        }
        tokens += [script, .open] + all(in: text) + [.close]
    }

    private static func readCommand(_ rest: inout Substring, _ tokens: inout [FormulaToken]) {
        guard let first = rest.first else { return }
        guard first.isASCII, first.isLetter else {
            rest.removeFirst()
            switch first {
            case "\\": tokens.append(.newline)
            case "{", "}", "%", "#", "$", "&", "_": tokens.append(.symbol(String(first)))
            case "|": tokens.append(.symbol("‖"))
            default: return
            }
            return
        }
        var name = ""
        while let next = rest.first, next.isASCII, next.isLetter {
            name.append(next)
            rest.removeFirst()
        }
        if rest.first == "*" { rest.removeFirst() }
        switch name {
        case "text", "textbf", "textit", "textrm", "mbox", "operatorname", "mathrm", "ce", "unit", "mathsf":
            tokens.append(.word(argument(&rest)))
        case "left", "right":
            if rest.first == "." { rest.removeFirst() }
        default:
            if let letter = FormulaWords.greekNames[name] {
                tokens.append(.letter(letter))
            } else if let symbol = FormulaWords.symbols[name], !FormulaWords.largeOperators.contains(symbol) {
                tokens.append(.symbol(symbol))
            } else {
                tokens.append(.command(name))
            }
        }
    }

    private static func argument(_ rest: inout Substring) -> String {
        rest = rest.drop { $0 == " " }
        guard rest.first == "{" else { return rest.popFirst().map(String.init) ?? "" }
        rest.removeFirst()
        let text = rest.prefix { $0 != "}" }
        rest = rest.dropFirst(text.count + 1)
        return text.split(separator: " ").joined(separator: " ").filter { $0 != "\\" && $0 != "{" && $0 != "_" }
    }
}
