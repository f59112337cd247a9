// SPDX-License-Identifier: GPL-3.0-or-later

/// What a character means for the ends of sentences and clauses.
enum CharacterRole {
    /// `.`: it depends on what stands around it.
    case fullStop
    /// `!`, `?`: ends a sentence, unless small letters follow.
    case mark
    /// `…`.
    case ellipsis
    /// `。` and the like: always ends a sentence.
    case end
    /// Closes a quotation or a bracket, and so belongs to the sentence before.
    case closer
    /// `"`, `'`: closes if it touches the end before it.
    case straightQuote
    case other
}

/// Which characters end sentences.
struct Terminators: Sendable {
    private let ends: SentenceEnds
    /// Bytes that may begin a terminator.
    let leads: [Bool]

    init(_ ends: SentenceEnds) {
        self.ends = ends
        var leads = Array(repeating: false, count: 256)
        for lead in [0x2E, 0x21, 0x3F, 0xD6, 0xD8, 0xDB, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF] { leads[lead] = true }
        for scalar in ends.added {
            if let lead = String(scalar).utf8.first { leads[Int(lead)] = true }
        }
        self.leads = leads
    }

    func role(of scalar: Unicode.Scalar) -> CharacterRole {
        let role = Self.builtInRole(of: scalar)
        if ends == SentenceEnds() { return role }
        if ends.added.contains(scalar) { return .end }
        if ends.removed.contains(scalar) { return .other }
        return role
    }

    private static func builtInRole(of scalar: Unicode.Scalar) -> CharacterRole {
        switch scalar {
        case ".": .fullStop
        case "!", "?", "‼", "⁇", "⁈", "⁉", "‽": .mark
        case "…": .ellipsis
        case "。", "！", "？", "｡", "．", "؟", "۔", "।", "॥", "։", "።", "፧", "။", "៕", "។": .end
        case ")", "]", "}", "”", "’", "»", "›", "」", "』", "】", "》", "〉", "）", "］", "｝", "〕", "〗", "｣", "＂": .closer
        case "\"", "'": .straightQuote
        default: .other
        }
    }

    /// Whether a clause ends with this character; ASCII ones need a blank or nothing after them.
    static func endsClause(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", ":", "—", "，", "；", "：", "、", "،", "؛", "–": true
        default: false
        }
    }
}
