// SPDX-License-Identifier: GPL-3.0-or-later

extension Character {
    /// Columns on a terminal, at most: 2 for East Asian wide and full-width characters (UAX #11) and emoji, 0 for marks
    /// that stand alone. A few of ambiguous width count as 2, since terminals in Chinese draw them so.
    var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if isASCII { return 1 }
        if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return first.isWide ? 2 : 1
        }
    }

    /// Between two of these a line may be broken.
    var isWide: Bool { unicodeScalars.first?.isWide ?? false }
}

extension Unicode.Scalar {
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        // Ambiguous: “ ” ‘ ’ — … ·
        case 0x2018, 0x2019, 0x201C, 0x201D, 0x2014, 0x2026, 0x00B7: true
        default: false
        }
    }
}
