// SPDX-License-Identifier: GPL-3.0-or-later

/// Characters that stand for several letters: ligatures, and units that East Asian typography fits into one square.
enum CompatibilityCharacters {
    /// Returns the letters that a scalar stands for.
    static func letters(of value: UInt32) -> String? {
        switch value {
        case 0x2113: "l"
        case 0xFB00...0xFB06: ligatures[Int(value - 0xFB00)]
        case 0x3371...0x33DF: units[value]
        default: nil
        }
    }

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]

    private static let units: [UInt32: String] = [
        0x3380: "pA", 0x3381: "nA", 0x3382: "µA", 0x3383: "mA", 0x3384: "kA", 0x3385: "KB", 0x3386: "MB", 0x3387: "GB",
        0x3388: "cal", 0x3389: "kcal", 0x338D: "µg", 0x338E: "mg", 0x338F: "kg", 0x3390: "Hz", 0x3391: "kHz",
        0x3392: "MHz", 0x3393: "GHz", 0x3395: "µL", 0x3396: "mL", 0x3397: "dL", 0x339B: "µm", 0x339A: "nm",
        0x339C: "mm", 0x339D: "cm", 0x339E: "km", 0x339F: "mm²", 0x33A0: "cm²", 0x33A1: "m²", 0x33A2: "km²",
        0x33A4: "cm³", 0x33A5: "m³", 0x33A7: "m/s", 0x33A8: "m/s²", 0x33A9: "Pa", 0x33AA: "kPa", 0x33AB: "MPa",
        0x33B2: "µs", 0x33B3: "ms", 0x33B5: "nV", 0x33B7: "mV", 0x33B8: "kV", 0x33BD: "mW", 0x33BE: "kW",
        0x33BF: "MW", 0x33C8: "dB", 0x33CA: "ha", 0x33D6: "mol",
    ]
}
