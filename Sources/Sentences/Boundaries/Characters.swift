// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// What a character means for where sentences and clauses end.
enum CharacterRole {
    /// `.`: it depends on what is around it.
    case fullStop
    /// `!`, `?`: ends a sentence, unless a lowercase letter follows.
    case mark
    /// `…`
    case ellipsis
    /// `。` and the like: always ends a sentence.
    case end
    /// Closes a quotation or a bracket, and so belongs to the sentence before it.
    case closer
    case other

    var isTerminator: Bool {
        switch self {
        case .fullStop, .mark, .ellipsis, .end: true
        case .closer, .other: false
        }
    }
}

/// The characters that end sentences.
struct Terminators: Sendable {
    private let ends: SentenceEnds
    private let isBuiltIn: Bool
    /// For each byte, whether a character that the scanner must examine may begin with it.
    let stops: [Bool]

    init(_ ends: SentenceEnds) {
        self.ends = ends
        isBuiltIn = ends == SentenceEnds()
        var stops = Array(repeating: false, count: 256)
        for character in ".!?()[]{}\"';:".utf8 { stops[Int(character)] = true }
        for lead in [0xC2, 0xCD, 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF] { stops[lead] = true }
        for scalar in ends.added {
            if let lead = String(scalar).utf8.first { stops[Int(lead)] = true }
        }
        self.stops = stops
    }

    func role(of scalar: Unicode.Scalar) -> CharacterRole {
        if isBuiltIn { return Self.builtInRole(of: scalar) }
        if ends.added.contains(scalar) { return .end }
        if ends.removed.contains(scalar) { return .other }
        return Self.builtInRole(of: scalar)
    }

    private static func builtInRole(of scalar: Unicode.Scalar) -> CharacterRole {
        switch scalar.value {
        case 0x2E: .fullStop
        case 0x21, 0x3F, 0x203C, 0x2047...0x2049, 0x203D: .mark
        case 0x2026: .ellipsis
        case 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0xFF0E: .end  // 。！？｡．
        case 0x061F, 0x06D4, 0x0964, 0x0965: .end  // ؟ ۔ । ॥
        case 0x0589, 0x1362, 0x1367, 0x1368, 0x104A, 0x104B, 0x17D4, 0x17D5, 0x0F0D, 0x0F0E: .end
        case 0x037E: .end  // the Greek question mark
        case 0x29, 0x5D, 0x7D, 0x22, 0x27: .closer  // ) ] } " '
        case 0x201D, 0x2019, 0x201C, 0xBB, 0xAB, 0x203A: .closer  // ” ’ “ » « ›
        case 0x300D, 0x300F, 0x3011, 0x300B, 0x3009, 0x3015, 0x3017: .closer
        case 0xFF09, 0xFF3D, 0xFF5D, 0xFF63, 0xFF02: .closer
        default: .other
        }
    }

    /// Whether a clause ends with this character. ASCII ones must be followed by a space or by nothing.
    static func endsClause(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", ":", "—", "–", "，", "；", "：", "、", "،", "؛": true
        default: false
        }
    }
}

extension UInt8 {
    /// Punctuation that never has a space before it.
    var isClosingPunctuation: Bool {
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"),
            UInt8(ascii: ":"), UInt8(ascii: ")"):
            true
        default: false
        }
    }
}
