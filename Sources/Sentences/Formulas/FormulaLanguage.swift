// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of formulas in one language.
enum FormulaLanguage: Sendable {
    case english
    case chinese

    private var isChinese: Bool { self == .chinese }
    private func pick(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

    /// Said for a formula that can't be read.
    var formula: String { pick("a formula", "一个公式") }
    var negative: String { pick("minus", "负") }
    var positive: String { pick("plus", "正") }
    var given: String { pick("given", "，给定") }
    var modulo: String { pick("mod", "模") }
    /// Said between two relations in a row: "0 is less than x, which is less than 1".
    var chain: String? { isChinese ? nil : ", which" }

    func joined(_ words: [String]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(words.reduce(0) { $0 + $1.utf8.count + 1 })
        for word in words where !word.isEmpty {
            if !result.isEmpty { result.append(0x20) }
            for byte in word.utf8 {
                // Drop the space before a comma, and a second comma.
                if byte == UInt8(ascii: ",") {
                    while result.last == 0x20 { result.removeLast() }
                    if result.last == byte { continue }
                }
                result.append(byte)
            }
        }
        return String(decoding: isChinese ? Self.withoutBlanks(result) : result, as: UTF8.self)
    }

    /// Keeps only the spaces between Latin words, and makes the commas Chinese.
    private static func withoutBlanks(_ text: [UInt8]) -> [UInt8] {
        let comma = Array("，".utf8)
        var result: [UInt8] = []
        for (index, byte) in text.enumerated() {
            if byte == 0x20 {
                let isBetween = index + 1 < text.count && text[index + 1] < 0x80
                if isBetween, let last = result.last, last < 0x80 { result.append(byte) }
            } else if byte == UInt8(ascii: ",") {
                if !result.suffix(3).elementsEqual(comma) { result += comma }
            } else {
                result.append(byte)
                if result.suffix(3).elementsEqual(comma), result.dropLast(3).suffix(3).elementsEqual(comma) {
                    result.removeLast(3)
                }
            }
        }
        return result
    }

    func letter(_ letter: String) -> String {
        guard letter.count > 1 else { return letter }
        return pick(letter.lowercased() == letter ? letter : letter.lowercased(), Self.chineseGreek[letter] ?? letter)
    }

    func number(_ digits: String) -> String {
        isChinese ? SpelledNumber.chinese(digits) : SpelledNumber.english(digits)
    }

    func words(for symbol: String) -> String? {
        Self.symbols[symbol].map { pick($0.0, $0.1) }
    }

    func operand(_ symbol: String) -> String? {
        Self.operands[symbol].map { pick($0.0, $0.1) }
    }

    /// A unit after an amount.
    func unit(_ symbol: String) -> String? {
        Self.units[symbol].map { pick($0.0, $0.1) }
    }

    // MARK: Compositions

    func fraction(_ over: FormulaReader.Part, _ under: FormulaReader.Part) -> String {
        if isChinese {
            let words = joined(["\(under.words)分之\(over.words)"])
            return over.isCompound || under.isCompound ? "，\(words)，" : words
        }
        if let simple = SpelledNumber.fraction(over.words, under.words) { return simple }
        let isDerivative = ["d", "partial"].contains { over.words.hasPrefix($0) && under.words.hasPrefix("\($0) ") }
        if isDerivative { return "\(over.words) by \(under.words)" }
        let numerator = over.isCompound ? ", \(over.words)," : under.isCompound ? over.words + "," : over.words
        return "\(numerator) over \(under.words)\(under.isCompound ? "," : "")"
    }

    func root(_ body: FormulaReader.Part, index: String?) -> String {
        let end = body.isCompound ? pick(",", "，") : ""
        if isChinese {
            let kind = index.map { "\(number($0))次根号" } ?? "根号"
            return "\(kind)\(body.isCompound ? "下" : "")\(body.words)\(end)"
        }
        let kind =
            switch index {
            case nil: "square"
            case "3"?, "three"?: "cube"
            case "4"?, "four"?: "fourth"
            case "5"?, "five"?: "fifth"
            case let index?: "\(index)-th"
            }
        return "the \(kind) root of \(body.words)\(end)"
    }

    func raised(_ base: FormulaReader.Part, _ power: FormulaReader.Part) -> String {
        let words = base.words
        let all = base.isGroup && base.isCompound ? ", " : ""
        switch (power.words, isChinese) {
        case ("two", false): return "\(words)\(all) squared"
        case ("three", false): return "\(words)\(all) cubed"
        case ("二", true): return "\(words)的平方"
        case ("三", true): return "\(words)的立方"
        case ("T", _): return pick("\(words) transpose", "\(words)的转置")
        case ("×", _), ("times", _), ("乘", _): return pick("\(words) star", "\(words)星")
        case ("minus one", false) where base.letter?.first?.isUppercase == true || ["f", "g"].contains(base.letter):
            return "\(words) inverse"
        case (_, true): return "\(words)的\(power.words)次方"
        default: return "\(words) to the power of \(power.words)\(power.isCompound ? "," : "")"
        }
    }

    func lowered(_ base: String, _ below: FormulaReader.Part) -> String {
        if below.isCompound { return pick("\(base) sub \(below.words),", joined(["\(base)下标\(below.words)，"])) }
        return joined([base, below.words])
    }

    func big(_ symbol: String, from low: String?, to high: String?) -> String {
        let names = [
            "∑": ("sum", "求和"), "∏": ("product", "求积"), "∫": ("integral", "积分"), "∬": ("double integral", "二重积分"),
            "∮": ("contour integral", "环路积分"),
        ]
        let name = names[symbol] ?? ("sum", "求和")
        switch (low, high) {
        case (let low?, let high?):
            return pick("the \(name.0) from \(low) to \(high) of", joined(["从\(low)到\(high)\(name.1)，"]))
        case (let low?, nil): return pick("the \(name.0) over \(low) of", joined(["对\(low)\(name.1)，"]))
        default: return pick("the \(name.0) of", "\(name.1)，")
        }
    }

    func extremum(_ name: String, _ low: String?) -> String {
        let names = [
            "lim": ("limit", "极限"), "limsup": ("limit superior", "上极限"), "liminf": ("limit inferior", "下极限"),
            "max": ("maximum", "最大值"), "min": ("minimum", "最小值"), "sup": ("supremum", "上确界"),
            "inf": ("infimum", "下确界"), "argmax": ("arg max", "最大值点"), "argmin": ("arg min", "最小值点"),
        ]
        let words = names[name] ?? (name, name)
        guard let low else { return pick("the \(words.0) of", words.1) }
        let isLimit = name.hasPrefix("lim")
        return pick(
            "the \(words.0) \(isLimit ? "as" : "over") \(low) of",
            joined([isLimit ? "当\(low)时的\(words.1)，" : "对\(low)的\(words.1)，"]))
    }

    func function(_ name: String, base: String?, power: String?) -> String {
        let words = Self.functions[name] ?? (name, name)
        var result = pick(words.0, words.1)
        if let base { result = pick("log base \(base) of", "以\(base)为底的对数") }
        if power == "minus one" || power == "负一" { return pick("inverse \(words.0)", "反\(words.1)") }
        if let power { result = raised(FormulaReader.Part(words: result), FormulaReader.Part(words: power)) }
        return result
    }

    func accent(_ name: String, _ body: String) -> String {
        switch name {
        case "vec", "overrightarrow": pick("vector \(body)", "向量\(body)")
        case "hat", "widehat": pick("\(body) hat", "\(body)尖")
        case "tilde": pick("\(body) tilde", "\(body)波浪")
        case "dot": pick("\(body) dot", "\(body)点")
        case "ddot": pick("\(body) double dot", "\(body)两点")
        default: pick("\(body) bar", "\(body)拔")
        }
    }

    func choose(_ over: String, _ under: String) -> String { pick("\(over) choose \(under)", "\(over)选\(under)") }
    func primed(_ words: String) -> String { pick("\(words) prime", "\(words)撇") }
    func factorial(_ words: String) -> String { pick("\(words) factorial", "\(words)的阶乘") }
    func degrees(_ words: String) -> String { pick("\(words) degrees", "\(words)度") }
    func percent(_ words: String) -> String { pick("\(words) percent", "百分之\(words)") }
    func set(_ words: String) -> String { pick("the set \(words)", "集合\(words)") }
    func interval(_ words: String) -> String { pick("the interval \(words)", "区间\(words)") }
    func argument(_ body: FormulaReader.Part) -> String {
        pick("of \(body.words)\(body.isCompound ? "," : "")", body.isCompound ? "，\(body.words)，" : body.words)
    }

    func quantity(_ words: String, isProduct: Bool) -> String {
        pick("\(isProduct ? "times " : "")the quantity \(words),", "\(isProduct ? "乘" : "")左括号\(words)右括号")
    }

    func absolute(_ body: FormulaReader.Part, isNorm: Bool) -> String {
        if isChinese { return "\(body.words)的\(isNorm ? "范数" : "绝对值")" }
        return "the \(isNorm ? "norm" : "absolute value") of \(body.words)\(body.isCompound ? "," : "")"
    }

    // MARK: Tables

    private static let symbols: [String: (String, String)] = [
        "+": ("plus", "加"), "-": ("minus", "减"), "−": ("minus", "减"), "×": ("times", "乘"), "·": ("times", "乘"),
        "*": ("times", "乘"), "÷": ("divided by", "除以"), "/": ("over", "除以"), "±": ("plus or minus", "正负"),
        "∓": ("minus or plus", "负正"), "=": ("equals", "等于"), "≠": ("is not equal to", "不等于"),
        "<": ("is less than", "小于"),
        ">": ("is greater than", "大于"), "≤": ("is at most", "小于等于"), "≥": ("is at least", "大于等于"),
        "≪": ("is much less than", "远小于"), "≫": ("is much greater than", "远大于"), "≈": ("is approximately", "约等于"),
        "≡": ("is congruent to", "恒等于"), "∼": ("is similar to", "相似于"), "~": ("is similar to", "相似于"),
        "≅": ("is congruent to", "全等于"), "∝": ("is proportional to", "正比于"), "→": ("goes to", "趋于"),
        "←": ("comes from", "来自"),
        "⇒": (", so", "，所以"), "⇔": ("if and only if", "等价于"), "∈": ("in", "属于"), "∉": ("not in", "不属于"),
        "⊂": ("is a subset of", "包含于"), "⊆": ("is a subset of", "包含于"), "⊃": ("contains", "包含"),
        "⊇": ("contains", "包含"),
        "∪": ("union", "并"), "∩": ("intersection", "交"), "∖": ("minus", "减"), "∧": ("and", "且"), "∨": ("or", "或"),
        "⊥": ("is perpendicular to", "垂直于"), "∥": ("is parallel to", "平行于"), "∘": ("of", "复合"), "⊕": ("plus", "异或"),
        ",": (",", "，"), "，": (",", "，"), ";": (",", "，"), ":": ("to", "比"), ".": ("", ""), "∴": (", therefore", "，所以"),
        "∵": ("because", "因为"), "、": (",", "，"),
    ]

    private static let operands: [String: (String, String)] = [
        "∞": ("infinity", "无穷"), "∅": ("the empty set", "空集"), "∀": ("for all", "对任意"), "∃": ("there exists", "存在"),
        "¬": ("not", "非"), "∂": ("partial", "偏"), "∇": ("nabla", "纳布拉"), "∠": ("angle", "角"), "△": ("triangle", "三角形"),
        "…": ("and so on", "等等"), "⋯": ("and so on", "等等"), "°": ("degrees", "度"), "%": ("percent", "百分比"),
        "ℏ": ("h bar", "h拔"),
        "ℓ": ("l", "l"), "′": ("prime", "撇"), "ℝ": ("R", "R"), "ℕ": ("N", "N"), "ℤ": ("Z", "Z"), "ℚ": ("Q", "Q"),
        "ℂ": ("C", "C"),
        "½": ("one half", "二分之一"), "¼": ("one quarter", "四分之一"), "¾": ("three quarters", "四分之三"),
        "ℜ": ("the real part of", "实部"),
        "$": ("dollars", "美元"), "#": ("number", "号"), "&": ("and", "和"), "⊙": ("circle", "圆"), "?": ("what", "多少"),
        "？": ("what", "多少"),
    ]

    private static let units: [String: (String, String)] = [
        "km": ("kilometers", "公里"), "m": ("meters", "米"), "cm": ("centimeters", "厘米"), "mm": ("millimeters", "毫米"),
        "kg": ("kilograms", "千克"), "g": ("grams", "克"), "s": ("seconds", "秒"), "min": ("minutes", "分钟"),
        "h": ("hours", "小时"),
        "m/s": ("meters per second", "米每秒"), "km/h": ("kilometers per hour", "公里每小时"), "L": ("liters", "升"),
        "N": ("newtons", "牛"),
        "J": ("joules", "焦"), "W": ("watts", "瓦"), "V": ("volts", "伏"), "A": ("amps", "安"), "Hz": ("hertz", "赫兹"),
        "Pa": ("pascals", "帕"),
        "mol": ("moles", "摩尔"), "K": ("kelvins", "开"), "C": ("Celsius", "摄氏"),
    ]

    private static let functions: [String: (String, String)] = [
        "log": ("log of", "对数"), "lg": ("log of", "常用对数"), "ln": ("the natural log of", "自然对数"), "sin": ("sine", "正弦"),
        "cos": ("cosine", "余弦"), "tan": ("tangent", "正切"), "cot": ("cotangent", "余切"), "sec": ("secant", "正割"),
        "csc": ("cosecant", "余割"), "arcsin": ("arc sine", "反正弦"), "arccos": ("arc cosine", "反余弦"),
        "arctan": ("arc tangent", "反正切"), "sinh": ("hyperbolic sine", "双曲正弦"), "cosh": ("hyperbolic cosine", "双曲余弦"),
        "tanh": ("hyperbolic tangent", "双曲正切"), "exp": ("the exponential of", "指数"),
        "det": ("the determinant of", "行列式"),
        "gcd": ("the greatest common divisor of", "最大公约数"), "dim": ("the dimension of", "维数"),
        "ker": ("the kernel of", "核"),
        "deg": ("the degree of", "次数"),
    ]

    private static let chineseGreek = [
        "alpha": "阿尔法", "beta": "贝塔", "gamma": "伽马", "delta": "德尔塔", "epsilon": "艾普西隆", "zeta": "泽塔", "eta": "伊塔",
        "theta": "西塔", "iota": "约塔", "kappa": "卡帕", "lambda": "兰姆达", "mu": "缪", "nu": "纽", "xi": "克西", "pi": "派",
        "rho": "柔", "sigma": "西格玛", "tau": "陶", "upsilon": "宇普西隆", "phi": "斐", "chi": "希", "psi": "普西",
        "omega": "欧米伽", "Gamma": "伽马", "Delta": "德尔塔", "Theta": "西塔", "Lambda": "兰姆达", "Xi": "克西", "Pi": "派",
        "Sigma": "西格玛", "Phi": "斐", "Psi": "普西", "Omega": "欧米伽",
    ]
}
