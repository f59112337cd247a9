// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns a LaTeX formula into the characters that a reader would see: `\frac{1}{2} \times x^2` → `1/2 × x²`.
///
/// It is meant for small formulas in running text. An unknown command becomes its name.
struct Latex {
    private let source: ArraySlice<UInt8>
    private var position: Int
    private var output: [UInt8] = []

    private init(_ source: ArraySlice<UInt8>) {
        self.source = source
        position = source.startIndex
    }

    static func plain(_ source: ArraySlice<UInt8>) -> [UInt8] {
        var latex = Latex(source)
        while latex.position < source.endIndex { latex.readToken() }
        while latex.output.last == 0x20 { latex.output.removeLast() }
        return latex.output
    }

    private mutating func readToken() {
        let byte = source[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\\"): readCommand()
        case UInt8(ascii: "_"):
            // `\lim_{x \to 0}`: two words
            if output.suffix(2).count == 2, output.suffix(2).allSatisfy(\.isASCIILetter) { appendBlank() }
        case UInt8(ascii: "-"): readHyphen()
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"): return
        case UInt8(ascii: "^"): readSuperscript()
        case UInt8(ascii: "&"), UInt8(ascii: "~"), 0...0x20: appendBlank()
        default:
            // A character of several bytes is one token, too.
            let end = min(position - 1 + UTF8Form.length(lead: byte), source.endIndex)
            output += source[position - 1..<end]
            position = end
        }
    }

    /// Reads a minus, or the hyphen of "self-attention".
    private mutating func readHyphen() {
        let isInWord =
            output.last?.isASCIILetter == true && position + 1 < source.endIndex
            && source[position].isASCIILetter && source[position + 1].isASCIILetter
        output += isInWord ? [UInt8(ascii: "-")] : Array("−".utf8)
    }

    private mutating func readCommand() {
        let name = readName()
        switch name {
        case "frac", "dfrac", "tfrac":
            append(Self.bracketed(readGroup()))
            output.append(UInt8(ascii: "/"))
            append(Self.bracketed(readGroup()))
        case "sqrt":
            output += Array("√".utf8)
            let group = readGroup()
            append(group.count > 1 && group.contains(0x20) ? [0x28] + group + [0x29] : group)
        case "left", "right", "displaystyle", "limits", "big", "Big", "quad", "qquad", "begin", "end", "!":
            if name == "begin" || name == "end" { _ = readGroup() }
        case "text", "mathrm", "mathbf", "mathit", "operatorname", "textbf", "boxed", "mathbb", "mathcal", "vec", "hat",
            "bar":
            append(readGroup())
        case ",", ";", ":", " ", "\\", "": appendBlank()
        default:
            if let symbol = Self.symbols[name] {
                output += Array(symbol.utf8)
                // `\Delta T` is one word; the spaces around operators stay.
                if symbol.unicodeScalars.allSatisfy(\.properties.isAlphabetic) { skipBlanksBeforeLetter() }
            } else {
                output += Array(name.utf8)
            }
        }
    }

    /// A side of a fraction, with brackets around a sum.
    private static func bracketed(_ side: [UInt8]) -> [UInt8] {
        let isSum = side.dropFirst().contains(UInt8(ascii: "+")) || side.dropFirst().contains(0xE2)
        return isSum && side.first != UInt8(ascii: "(") ? [0x28] + side + [0x29] : side
    }

    private mutating func readName() -> String {
        let start = position
        while position < source.endIndex, source[position].isASCIILetter { position += 1 }
        if position == start, position < source.endIndex {
            position = min(position + UTF8Form.length(lead: source[position]), source.endIndex)
        }
        return String(decoding: source[start..<position], as: UTF8.self)
    }

    /// Reads the text of `{…}`, or of one token.
    private mutating func readGroup() -> [UInt8] {
        skipBlanks()
        guard position < source.endIndex else { return [] }
        guard source[position] == UInt8(ascii: "{") else {
            let start = output.count
            readToken()
            defer { output.removeSubrange(start...) }
            return Array(output[start...])
        }
        var depth = 0
        let start = position + 1
        while position < source.endIndex {
            if source[position] == UInt8(ascii: "{") { depth += 1 }
            if source[position] == UInt8(ascii: "}") { depth -= 1 }
            position += 1
            if depth == 0 { return Latex.plain(source[start..<position - 1]) }
        }
        return Latex.plain(source[start...])
    }

    private mutating func readSuperscript() {
        let text = String(decoding: readGroup(), as: UTF8.self)
        let raised = text.map { Self.superscripts[$0] }
        if text == "°" || text == "′" || raised.allSatisfy({ $0 != nil }) {
            output += Array((text == "°" || text == "′" ? text : String(raised.compactMap(\.self))).utf8)
        } else {
            output += Array("^\(text)".utf8)
        }
    }

    private mutating func append(_ text: [UInt8]) {
        output += text
    }

    private mutating func skipBlanks() {
        while position < source.endIndex, source[position] == 0x20 { position += 1 }
    }

    private mutating func skipBlanksBeforeLetter() {
        let start = position
        skipBlanks()
        if position == source.endIndex || !source[position].isASCIILetter { position = start }
    }

    private mutating func appendBlank() {
        if let last = output.last, last != 0x20 { output.append(0x20) }
    }

    private static let superscripts: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "n": "ⁿ",
        "+": "⁺", "−": "⁻",
    ]

    private static let symbols = [
        "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
        "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "propto": "∝", "infty": "∞", "to": "→",
        "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "in": "∈", "notin": "∉",
        "subset": "⊂", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "partial": "∂", "nabla": "∇", "sum": "∑",
        "prod": "∏", "int": "∫", "circ": "°", "degree": "°", "prime": "′", "angle": "∠", "ldots": "…", "cdots": "…",
        "dots": "…", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
        "zeta": "ζ", "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
        "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
        "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
        "%": "%", "$": "$", "#": "#", "&": "&", "{": "{", "}": "}", "_": "_", "|": "|", "(": "(", ")": ")", "[": "[",
        "]": "]",
    ]
}
