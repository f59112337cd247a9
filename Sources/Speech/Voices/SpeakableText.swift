// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The text with a blank for every character that a voice of this script must not be given, place for place.
    ///
    /// Control characters are commands to eSpeak NG. Letters of other scripts and rare signs make it change its language
    /// in the middle of a word, and it has crashed on what follows: 1.51's Danish voice on `‹-x`, its Hindi one on
    /// `ꡒN䋚`, later versions on more (github.com/espeak-ng/espeak-ng/pull/2492). It lowers the odds and is no proof: of
    /// some 90,000 random pieces for all voices two still crashed; without it 8 of 33,000 texts for 13 voices did.
    func speakable(in script: WritingSystem) -> String {
        var result = UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            previous = scalar.speakable(in: script, after: previous, before: rest.first ?? " ")
            result.append(previous)
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    fileprivate func speakable(in script: WritingSystem, after previous: Self, before next: Self) -> Self {
        switch self {
        case "‘", "’", "‚", "‛", "‹", "›": "'"
        case "“", "”", "„", "‟", "«", "»": "\""
        // A hyphen belongs into a word or before a number; `'-L` crashes 1.51's Vietnamese voice.
        case "-" where !previous.isLetterOrDigit && !("0"..."9").contains(next): " "
        default: script.contains(self) ? self : " "
        }
    }

    private var isLetterOrDigit: Bool {
        properties.isAlphabetic || properties.numericType != nil
    }
}
