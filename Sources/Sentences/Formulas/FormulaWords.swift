// SPDX-License-Identifier: GPL-3.0-or-later

/// The meaning of LaTeX commands, in every language.
enum FormulaWords {
    /// Commands that stand for a single character.
    static let symbols: [String: String] = [
        "times": "×", "cdot": "×", "ast": "×", "div": "÷", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "leqslant": "≤",
        "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "lt": "<", "gt": ">", "approx": "≈",
        "equiv": "≡",
        "sim": "∼", "simeq": "≈", "cong": "≅", "propto": "∝", "infty": "∞", "to": "→", "rightarrow": "→",
        "longrightarrow": "→", "mapsto": "→", "leftarrow": "←", "Rightarrow": "⇒", "implies": "⇒",
        "Longrightarrow": "⇒",
        "iff": "⇔", "Leftrightarrow": "⇔", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "supset": "⊃",
        "supseteq": "⊇", "cup": "∪", "bigcup": "∪", "cap": "∩", "bigcap": "∩", "setminus": "∖", "emptyset": "∅",
        "varnothing": "∅", "forall": "∀", "exists": "∃", "neg": "¬", "lnot": "¬", "land": "∧", "wedge": "∧", "lor": "∨",
        "vee": "∨", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮",
        "degree": "°", "circ": "∘", "prime": "′", "angle": "∠", "triangle": "△", "perp": "⊥", "parallel": "∥",
        "ldots": "…", "cdots": "…", "dots": "…", "vdots": "…", "mid": "|", "vert": "|", "lvert": "|", "rvert": "|",
        "Vert": "‖", "lVert": "‖", "rVert": "‖", "lbrace": "{", "rbrace": "}", "langle": "(", "rangle": ")",
        "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "therefore": "∴", "because": "∵", "colon": ":",
        "ll": "≪", "gg": "≫", "hbar": "ℏ", "ell": "ℓ", "Re": "ℜ", "oplus": "⊕", "otimes": "×", "odot": "×",
    ]
    static let largeOperators: Set<String> = ["∑", "∏", "∫", "∬", "∮"]
    /// Commands whose argument is read as if the command weren't there.
    static let transparent: Set<String> = [
        "mathbf", "mathit", "mathbb", "mathcal", "mathfrak", "boldsymbol", "bm", "boxed", "underline", "underbrace",
        "overbrace", "cancel", "displaystyle", "mathscr", "pmb", "fbox",
    ]
    static let silent: Set<String> = [
        "quad", "qquad", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "limits", "nolimits",
        "displaystyle", "textstyle", "scriptstyle", "middle", "hline", "nonumber", "notag",
    ]
    /// Greek letters by character, and by command.
    static let greek: [String: String] = [
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta",
        "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
        "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi",
        "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
        "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    ]
    static let greekNames: [String: String] = {
        var names = Dictionary(greek.values.map { ($0, $0) }) { first, _ in first }
        for name in ["epsilon", "theta", "phi", "rho", "sigma", "pi", "kappa"] { names["var\(name)"] = name }
        return names
    }()

    static func isRelation(_ token: FormulaToken) -> Bool {
        guard case .symbol(let symbol) = token else { return false }
        return ["=", "<", ">", "≤", "≥", "≈"].contains(symbol)
    }

    /// Whether what follows `token` is a separate formula.
    static func separates(_ token: FormulaToken) -> Bool {
        guard case .symbol(let symbol) = token else { return token == .newline }
        return [",", "，", ";", "⇒", "⇔", "∴", "∵", ":", "|"].contains(symbol)
    }

    /// Whether brackets after `name` hold its argument: `f(x)`, `y(t)`, but not `n(n+1)`.
    static func isArgument(_ body: FormulaReader.Part, after name: String?) -> Bool {
        guard let name = name?.split(separator: " ").last else { return false }
        let functions = [
            "f", "g", "h", "F", "G", "P", "p", "E", "phi", "psi", "Gamma", "zeta", "斐", "普西", "伽马", "泽塔", "prime",
            "撇", "O", "N", "L", "S",
        ]
        if functions.contains(String(name)) { return true }
        return name.count == 1 && body.letter.map { ["x", "t", "z", "theta"].contains($0) } == true
    }
}
