// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

extension String {
    /// A number of bytes with two figures or more, in powers of 1000 as Ollama has them: "986 MB", "2.0 GB".
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

    /// Filled up with blanks to `width` columns of a terminal, at its end or at its start.
    func padded(to width: Int, atStart: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columns))
        return atStart ? blanks + self : self + blanks
    }

    /// Columns that it takes on a terminal: Han and their like take two.
    var columns: Int {
        unicodeScalars.reduce(0) { $0 + ($1.isWide ? 2 : $1.properties.generalCategory == .nonspacingMark ? 0 : 1) }
    }
}

extension Unicode.Scalar {
    /// Wide or full-width, after Unicode's East Asian Width; only what text here may hold.
    fileprivate var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
