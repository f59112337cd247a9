// SPDX-License-Identifier: GPL-3.0-or-later

/// Which symbols and foreign letters a voice says in its own language, and so can be given.
///
/// A table, since asking eSpeak NG for phonemes disturbs its state (``ESpeak/phonemes(of:)``). It contains what the
/// voices say, or skip, in every version of 1.50, 1.51 and 1.52 that has them; SpeakableTextTests compares it with the
/// installed voices.
struct VoiceSymbols {
    private let script: WritingSystem
    private let own: String
    private let readsLatin: Bool
    private let hasPowers: Bool

    /// - Parameters:
    ///   - language: the voice's own, such as `en-us`.
    ///   - version: of eSpeak NG.
    init(language: String, version: String) {
        let primary = String(language.lowercased().prefix { $0 != "-" })
        script = WritingSystem(language: language)
        // 1.51's Ukrainian voice says every symbol in English.
        own = primary == "uk" && version != "1.51" ? Self.own["ru"] ?? "" : Self.own[primary] ?? ""
        hasPowers = !Self.withoutPowers.contains(primary)
        readsLatin = script == .latin || Self.latin.contains(primary)
    }

    /// - Parameter scalar: a character that a voice for this script can be given (``WritingSystem/contains(_:)``).
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z": readsLatin
        case "#", "%", "&", "*", "+", "/", "=", "@", "\\", "~", "`", "±", "।", "॥": own.unicodeScalars.contains(scalar)
        case "²", "³": hasPowers
        case "‐", "‑", "–", "—", "―", "〜": script != .kana
        default: true
        }
    }

    /// Voices for other scripts that also read Latin letters.
    private static let latin: Set<String> = ["kn", "ml", "sr", "ta", "te"]

    private static let withoutPowers: Set<String> = [
        "cv", "gn", "grc", "he", "ja", "kk", "nog", "qya", "sjn", "tk",
    ]

    private static let own: [String: String] = {
        var table: [String: String] = [:]
        for (languages, own) in rows {
            for language in languages.split(separator: " ") { table[String(language)] = own }
        }
        return table
    }()

    private static let rows = [
        ("af de fr hu ltg lv pl sk", "#%&*+/=@\\`~±"),
        ("en", "#%&*+/=@\\`~±।"),
        ("bs cs et fi hr id it ky ms mt pt ro ru sq sr tr", "#%&*+/=@\\`~"),
        ("an ca da es ka mto nb sl smj", "#%&*+/=@\\`"),
        ("az ku si sw tn", "%*`"), ("am ga sd ur", "%`"), ("vi", "#%&*+/=@\\~"), ("as bn", "%+=`।"), ("el hy", "%*+=`"),
        ("fa", "%*=`±"), ("gu pa", "%*+=`।"), ("kok mr", "%*+/=`।॥"), ("ml om", "%&*+=`"), ("ar", "%*=`"),
        ("bg", "#%*+/=@\\`~"), ("eo", "%&*+/=@\\`~"), ("eu", "/`"), ("hi", "%*+=`।॥"), ("hyw", "%*+=@`"),
        ("is", "#&+/=\\`"), ("kn", "%&`"), ("lb", "&*+`"), ("lfn", "#%*=`"), ("lt", "%*+/=@\\`~±"),
        ("mk", "#%&*+/=@`~"), ("nci", "#`"), ("ne", "%+=`।॥"), ("nl", "#%*+/=@\\`"), ("or", "`।"), ("sv", "%&*+/@`"),
        ("ta", "#%&*+/=\\`±"),
        ("te", "%*+/\\`"), ("ti", "%+`±।"), ("xex", "`~"),
    ]
}
