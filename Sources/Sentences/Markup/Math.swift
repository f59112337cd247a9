// SPDX-License-Identifier: GPL-3.0-or-later

/// Formulas, entities and escapes.
extension MarkupReader {
    /// The most bytes of a formula within a line.
    private static let longestFormula = 256

    /// `$…$` and `$$…$$`; `$5 and $10` are prices.
    mutating func readMath(_ plain: inout PlainText) -> Step {
        guard let next = byte(at: cursor + 1) else { return isFinal ? take(1, &plain) : .needsMore }
        if next == UInt8(ascii: "$") { return readMath(opener: 2, closer: "$$", Self.lookahead, &plain) }
        guard next > 0x20, next < 0x80 || [0xCE, 0xCF, 0xE2].contains(next) else { return take(1, &plain) }
        let limit = min(source.end, cursor + Self.longestFormula)
        var end = searches.start(.dollar, from: cursor + 1)
        while end < limit, source[end] != UInt8(ascii: "$"), source[end] != UInt8(ascii: "\n") { end += 1 }
        guard end < limit else {
            guard isFinal || limit - cursor >= Self.longestFormula else { return .needsMore }
            searches.note(.dollar, from: cursor + 1, to: limit)
            return take(1, &plain)
        }
        guard source[end] == UInt8(ascii: "$"), isFormula(cursor + 1..<end) else { return take(1, &plain) }
        guard end + 1 < source.end || isFinal else { return .needsMore }
        if let after = byte(at: end + 1), after.isDigit || after.isASCIILetter { return take(1, &plain) }
        return takeFormula(cursor + 1..<end, resume: end + 1, &plain)
    }

    /// Whether the text between two dollar signs is a formula rather than two prices and what is between them.
    private func isFormula(_ range: Range<Int>) -> Bool {
        guard let last = range.last, source[last] > 0x20 else { return false }
        if range.contains(where: { [0x5C, 0x5E, 0x5F, 0x3D, 0x7B].contains(source[$0]) }) { return true }  // \ ^ _ = {
        let hasBlank = range.contains { source[$0] == 0x20 }
        if !source[range.lowerBound].isDigit, !hasBlank { return range.count <= 12 }
        // `$2x+3$`, `$a < b$`: single letters, and operators between them.
        var letters = 0
        var hasOperator = false
        for offset in range {
            letters = source[offset].isASCIILetter ? letters + 1 : 0
            hasOperator = hasOperator || source[offset] == 0xE2 || "+*<>/(-".utf8.contains(source[offset])
            if letters > 2 || range.count > 48 { return false }
        }
        return hasOperator
    }

    /// `\(…\)`, `\[…\]`, `\*`, and `\` at the end of a line.
    mutating func readEscape(_ plain: inout PlainText) -> Step {
        guard let next = byte(at: cursor + 1) else { return isFinal ? take(1, &plain) : .needsMore }
        switch next {
        case UInt8(ascii: "("): return readMath(opener: 2, closer: "\\)", Self.lookahead, &plain)
        case UInt8(ascii: "["): return readMath(opener: 2, closer: "\\]", Self.lookahead, &plain)
        case UInt8(ascii: "\n"): return leaveOut(1)  // a hard line break
        default:
            guard next.isASCIIPunctuation else { return take(1, &plain) }
            cursor += 1
            return take(1, &plain)
        }
    }

    /// Reads a formula whose opener and closer are two bytes each. If it doesn't close, only the opener is left out.
    private mutating func readMath(
        opener: Int, closer: StaticString, _ longest: Int, _ plain: inout PlainText
    ) -> Step {
        let start = cursor + opener
        let limit = min(source.end, start + longest)
        let kind: SearchMemory.Kind =
            source[cursor] == UInt8(ascii: "$") ? .dollars : source[cursor + 1] == UInt8(ascii: "(") ? .round : .square
        var end = searches.start(kind, from: start)
        while end + 1 < limit, !source.has(closer, at: end) { end += 1 }
        guard end + 1 < limit else {
            guard isFinal || limit - start >= longest else { return .needsMore }
            searches.note(kind, from: start, to: end)
            return leaveOut(opener)
        }
        return takeFormula(start..<end, resume: end + 2, &plain)
    }

    private mutating func takeFormula(_ range: Range<Int>, resume: Int, _ plain: inout PlainText) -> Step {
        let text = Latex.plain(source[range])
        var stops = 0
        let endsInStop = range.last.map { [0x2E, 0x2C, 0x3B, 0x3A].contains(source[$0]) } ?? false
        while endsInStop, stops < text.count, [0x2E, 0x2C, 0x3B, 0x3A].contains(text[text.count - 1 - stops]) {
            stops += 1
        }
        let answer = currentLanguage(of: plain)
        plain.append(text, for: cursor..<resume)
        plain.addAtom(from: plain.end - text.count, to: plain.end - stops)
        plain.addFormula(
            plain.end - text.count..<plain.end - stops, source.string(range),
            answer)
        passUncounted(plain)
        cursor = resume
        return .done
    }

    /// Reads `&amp;`, `&#39;` or `&#x2014;`; a lone `&` is text.
    mutating func readEntity(_ plain: inout PlainText) -> Step {
        var end = cursor + 1
        while let byte = byte(at: end), end - cursor < 10,
            byte.isASCIILetter || byte.isDigit || byte == UInt8(ascii: "#")
        {
            end += 1
        }
        guard let last = byte(at: end) else { return isFinal ? take(1, &plain) : .needsMore }
        guard last == UInt8(ascii: ";"), end > cursor + 1, let scalar = Entities.scalar(source.string(cursor + 1..<end))
        else {
            return take(1, &plain)
        }
        if scalar == "\u{A0}" || scalar == " " {
            plain.appendBlank(from: cursor)
        } else if scalar.value >= 0x20 {
            plain.append(Array(String(scalar).utf8), for: cursor..<end + 1)
        }
        cursor = end + 1
        return .done
    }
}

/// The HTML character names that models write.
enum Entities {
    static func scalar(_ name: String) -> Unicode.Scalar? {
        guard name.first == "#" else { return named[name] }
        let digits = name.dropFirst()
        let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap(Unicode.Scalar.init)
    }

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ",
        "thinsp": " ",
        "mdash": "—", "ndash": "–", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«",
        "raquo": "»", "deg": "°", "times": "×", "divide": "÷", "plusmn": "±", "euro": "€", "pound": "£", "yen": "¥",
        "cent": "¢", "copy": "©", "reg": "®", "trade": "™", "sect": "§", "middot": "·", "bull": "•", "rarr": "→",
        "larr": "←", "uarr": "↑", "darr": "↓", "frac12": "½", "frac14": "¼", "frac34": "¾", "auml": "ä", "ouml": "ö",
        "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à",
        "ccedil": "ç", "ntilde": "ñ",
    ]
}
