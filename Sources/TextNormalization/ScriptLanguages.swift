// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The language in which each script is read.
struct ScriptLanguages {
    /// The language of Latin text.
    let latin: String
    let configured: String
    /// The script of the configured language, for a text without letters.
    let own: Script
    /// The configured language, if its script is not Latin.
    private let other: String?

    /// - Parameter configured: BCP 47 tag. If its script isn't Latin, Latin text is read as English.
    init(configured: String) {
        self.configured = configured
        own = Self.scripts[configured.primaryLanguage] ?? .latin
        latin = own == .latin ? configured : "en"
        other = own == .latin ? nil : configured
    }

    /// The languages of one text. The letters themselves outweigh the settings.
    func found(in text: CleanText, census: ScriptWeights) -> Found {
        var found = Found(languages: self)
        if census[.kana] > 0, own == .kana || !text.scalars.contains(where: Self.chineseOnly.contains) {
            found.han = "ja"
        }
        if census[.cyrillic] > 0, text.scalars.contains(where: Self.isUkrainian) { found.cyrillic = "uk" }
        if census[.arabic] > 0, text.scalars.contains(where: Self.isPersian) { found.arabic = "fa" }
        return found
    }

    /// The language of Han characters without kana nearby.
    var plainHan: String { Found(languages: self).han }

    /// The usual language of a script.
    func language(of script: Script) -> String { Found(languages: self).language(of: script) }

    /// The language of a text of Han characters and kana, depending on how much there is of each.
    func language(ofHan han: Int, kana: Int) -> String {
        kana * 3 > han ? language(of: .kana) : plainHan
    }

    static func isUkrainian(_ letter: Unicode.Scalar) -> Bool { ukrainianOnly.contains(letter) }

    static func isPersian(_ letter: Unicode.Scalar) -> Bool { persianOnly.contains(letter) }

    struct Found {
        fileprivate let languages: ScriptLanguages
        fileprivate var han = "zh"
        fileprivate var cyrillic = "ru"
        fileprivate var arabic = "ar"

        fileprivate init(languages: ScriptLanguages) {
            self.languages = languages
            switch languages.own {
            case .han, .hangul, .kana: han = languages.other ?? han
            case .cyrillic: cyrillic = languages.other ?? cyrillic
            case .arabic: arabic = languages.other ?? arabic
            default: break
            }
        }

        /// Records that `language` is the language of `script`.
        mutating func set(_ language: String, for script: Script) {
            switch script {
            case .han, .kana: han = language
            case .cyrillic: cyrillic = language
            case .arabic: arabic = language
            default: break
            }
        }

        func language(of script: Script) -> String {
            switch script {
            case .common: languages.latin
            case .latin: languages.latin
            case .han: han
            case .cyrillic: cyrillic
            case .arabic: arabic
            default:
                script == languages.own
                    ? languages.other ?? languages.latin : ScriptLanguages.usual[script] ?? languages.latin
            }
        }
    }

    /// The usual language of scripts that are associated with one.
    private static let usual: [Script: String] = [
        .kana: "ja", .hangul: "ko", .greek: "el", .hebrew: "he", .thai: "th", .devanagari: "hi", .bengali: "bn",
        .gurmukhi: "pa", .gujarati: "gu", .oriya: "or", .tamil: "ta", .telugu: "te", .kannada: "kn",
        .malayalam: "ml", .sinhala: "si", .myanmar: "my", .georgian: "ka", .armenian: "hy", .ethiopic: "am",
        .cherokee: "chr",
    ]

    /// Languages that are not written in Latin letters.
    private static let scripts: [String: Script] = [
        "zh": .han, "cmn": .han, "yue": .han, "ja": .kana, "ko": .hangul, "ru": .cyrillic, "uk": .cyrillic,
        "be": .cyrillic, "bg": .cyrillic, "mk": .cyrillic, "kk": .cyrillic, "ky": .cyrillic, "tt": .cyrillic,
        "ba": .cyrillic, "cv": .cyrillic, "el": .greek, "ar": .arabic, "fa": .arabic, "ur": .arabic, "sd": .arabic,
        "ug": .arabic, "he": .hebrew, "th": .thai, "hi": .devanagari, "mr": .devanagari, "ne": .devanagari,
        "kok": .devanagari, "bn": .bengali, "as": .bengali, "pa": .gurmukhi, "gu": .gujarati, "or": .oriya,
        "ta": .tamil, "te": .telugu, "kn": .kannada, "ml": .malayalam, "si": .sinhala, "my": .myanmar,
        "ka": .georgian, "hy": .armenian, "am": .ethiopic, "chr": .cherokee,
    ]

    /// Common Chinese characters that Japanese does not have: kana next to them are a quotation.
    private static let chineseOnly = Set("这们吗么说对个没还过样给让她你吧呢啊哪很它說這嗎麼樣".unicodeScalars)
    private static let ukrainianOnly = Set("іїєґІЇЄҐ".unicodeScalars)
    private static let persianOnly = Set("پچژگ".unicodeScalars)
}
