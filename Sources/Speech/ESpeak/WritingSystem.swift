// SPDX-License-Identifier: GPL-3.0-or-later

/// The script that a language is written in, as far as voices differ in what they can read.
enum WritingSystem: CaseIterable {
    case latin, han, kana, hangul, cyrillic, greek, arabic, hebrew, devanagari, bengali, gurmukhi, gujarati, oriya
    case tamil, telugu, kannada, malayalam, sinhala, thai, myanmar, georgian, armenian, ethiopic, cherokee

    /// - Parameter tag: a BCP 47 language tag.
    init(language tag: String) {
        let subtags = tag.lowercased().split(separator: "-").map(String.init)
        self =
            switch subtags.first ?? "" {
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
            case "pa": .gurmukhi
            case "gu": .gujarati
            case "or": .oriya
            case "ta": .tamil
            case "te": .telugu
            case "kn": .kannada
            case "ml": .malayalam
            case "si": .sinhala
            case "th": .thai
            case "my", "shn": .myanmar
            case "ka": .georgian
            case "hy", "hyw": .armenian
            case "am": .ethiopic
            case "chr": .cherokee
            default: .latin
            }
    }

    /// The Unicode blocks of the script, without the Latin ones, which all voices know.
    private var blocks: [ClosedRange<UInt32>] {
        switch self {
        case .latin: []
        case .han: [0x3005...0x3007, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF]
        case .kana: [0x3040...0x30FF, 0x31F0...0x31FF] + Self.han.blocks
        case .hangul: [0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3]
        case .cyrillic: [0x0400...0x052F]
        case .greek: [0x0370...0x03FF, 0x1F00...0x1FFF]
        case .arabic: [0x0600...0x06FF, 0x0750...0x077F, 0xFB50...0xFDFF, 0xFE70...0xFEFC]
        case .hebrew: [0x0590...0x05F4]
        case .devanagari: [0x0900...0x097F]
        case .bengali: [0x0980...0x09FF]
        case .gurmukhi: [0x0A00...0x0A7F]
        case .gujarati: [0x0A80...0x0AFF]
        case .oriya: [0x0B00...0x0B7F]
        case .tamil: [0x0B80...0x0BFF]
        case .telugu: [0x0C00...0x0C7F]
        case .kannada: [0x0C80...0x0CFF]
        case .malayalam: [0x0D00...0x0D7F]
        case .sinhala: [0x0D80...0x0DFF]
        case .thai: [0x0E00...0x0E7F]
        case .myanmar: [0x1000...0x109F]
        case .georgian: [0x10A0...0x10FF]
        case .armenian: [0x0530...0x058F]
        case .ethiopic: [0x1200...0x139F]
        case .cherokee: [0x13A0...0x13FF]
        }
    }

    /// Whether words and punctuation follow one another without spaces.
    var isWrittenWithoutBlanks: Bool { self == .han || self == .kana }

    /// Whether a voice for this script can be given the character.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        // £ ¥ § ° ± ² ³ € × ÷, dashes, ellipsis; the punctuation of China, Japan and India.
        case 0xA3, 0xA5, 0xA7, 0xB0...0xB3, 0x20AC, 0xD7, 0xF7, 0x2010...0x2015, 0x2026, 0x0964, 0x0965: true
        case 0x3000...0x3003, 0x3008...0x3020: true
        // Only punctuation among the full-width forms: letters, digits and symbols were already replaced by plain ones.
        case 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF61...0xFF65: true
        // Letters with accents, which voices for other scripts don't know.
        case 0xC0...0x024F, 0x0300...0x036F, 0x1E00...0x1EFF: self == .latin
        default: blocks.contains { $0.contains(scalar.value) }
        }
    }

    /// Whether every voice for this script reads the character, so that there is no need to look it up.
    func isHome(to scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", " ", ".", ",", ";", ":", "!", "?", "'", "\"", "(", ")", "-": true
        case "a"..."z", "A"..."Z": self == .latin
        case _ where scalar.value < 0xC0: false
        default:
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark:
                true
            default: false
            }
        }
    }
}
