// SPDX-License-Identifier: GPL-3.0-or-later

/// The script that a language is written in, as far as a voice can't read another one.
enum WritingSystem: Hashable {
    case latin
    case han
    case kana
    case hangul
    case cyrillic
    case greek
    case arabic
    case hebrew
    case devanagari
    case bengali
    /// A script that only this language has, among those eSpeak NG speaks.
    case own(String)

    /// - Parameter tag: a BCP 47 language tag.
    init(language tag: String) {
        let subtags = tag.lowercased().split(separator: "-").map(String.init)
        let primary = subtags.first ?? ""
        self =
            switch primary {
            // First, because `cmn-latn-pinyin` reads Han characters too.
            case "zh", "cmn", "yue", "hak": .han
            case _ where subtags.contains("latn"): .latin
            case "ja": .kana
            case "ko": .hangul
            case "ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tt", "ba", "cv", "nog", "mn": .cyrillic
            case "el", "grc": .greek
            case "ar", "fa", "ur", "ug", "sd": .arabic
            case "he", "yi": .hebrew
            case "hi", "mr", "ne", "kok", "sa": .devanagari
            case "bn", "as", "bpy": .bengali
            case "am", "chr", "gu", "hy", "hyw", "ka", "kn", "ml", "my", "or", "pa", "piqd", "shn", "si", "ta", "te",
                "th":
                .own(primary)
            default: .latin
            }
    }
}
