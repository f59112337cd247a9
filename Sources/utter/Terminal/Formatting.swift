// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

extension String {
    /// A number of bytes with at least two digits, in powers of 1000 as Ollama shows them: "986 MB", "2.0 GB".
    init(bytes: Int) {
        var value = Double(Swift.max(bytes, 0))
        var units = ["B", "kB", "MB", "GB", "TB"][...]
        while value >= 999.5, units.count > 1 {
            value /= 1000
            units.removeFirst()
        }
        let unit = units.first ?? ""
        let hasFraction = unit != "B" && value < 9.95
        self = (hasFraction ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))") + " " + unit
    }

    /// A time for people: "45 s", "3:05 min", "1:02 h".
    init(time: Duration) {
        let seconds = Int(Swift.max(time.inSeconds, 0).rounded(.up))
        func pair(_ high: Int, _ low: Int) -> String { "\(high):" + (low < 10 ? "0" : "") + "\(low)" }
        self =
            switch seconds {
            case ..<60: "\(seconds) s"
            case ..<3600: pair(seconds / 60, seconds % 60) + " min"
            default: pair(seconds / 3600, seconds % 3600 / 60) + " h"
            }
    }

    /// Padded with spaces to `width` columns of a terminal, at the end or at the start.
    func padded(to width: Int, atStart: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columns))
        return atStart ? blanks + self : self + blanks
    }

    /// The most columns that it takes up on a terminal.
    var columns: Int {
        reduce(0) { $0 + $1.columns }
    }
}

extension Character {
    /// The most columns that it takes up on a terminal: 2 for East Asian wide and full-width characters (UAX #11) and
    /// emoji, 0 for separate combining marks. A few of ambiguous width count as 2, as terminals in Chinese draw them.
    var columns: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if isASCII { return 1 }
        if unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return first.isWide ? 2 : 1
        }
    }

    /// Whether a line may be broken between two of these.
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
