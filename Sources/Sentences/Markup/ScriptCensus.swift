// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts what scripts the answer is written in, to say notes in its language.
struct ScriptCensus: Sendable {
    private var han = 0
    private var kana = 0
    private var hangul = 0
    private var cyrillic = 0
    private var latin = 0

    /// Counts `text`; ASCII text counts by the byte.
    mutating func count(_ text: ArraySlice<UInt8>) {
        for byte in text {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: latin += 1
            case 0xE3: kana += 1  // with some punctuation, which Chinese has as well
            case 0xE4...0xE9: han += 1
            case 0xEA...0xED: hangul += 1
            case 0xD0, 0xD1: cyrillic += 1
            default: continue
            }
        }
    }

    /// The language of the text so far; `fallback` if it is in Latin letters, or nothing is known.
    func language(fallback: String) -> String {
        // A Han character says about as much as three letters.
        let east = (han + kana + hangul) * 3
        if cyrillic > latin, cyrillic > east { return "ru" }
        guard east > latin else { return fallback }
        if hangul > han + kana { return "ko" }
        return kana * 3 > han ? "ja" : "zh"
    }
}
