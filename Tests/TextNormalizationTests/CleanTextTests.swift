// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Characters that no voice should get.
@Suite struct CleanTextTests {
    @Test(
        "Invisible characters, emoji and look-alikes",
        arguments: [
            ("a\u{200B}b", "ab"), ("co\u{AD}operate", "cooperate"), ("\u{FEFF}hello", "hello"),
            ("\u{202E}hello\u{202C}", "hello"), ("tab\there", "tab here"), ("bell\u{7}", "bell "),
            ("a\u{FFFD}b", "ab"), ("\u{1B}[31mred", " [31mred"),
            ("Hello 😀!", "Hello !"), ("good👍🏽day", "good day"), ("👨‍👩‍👧 family", " family"), ("🇩🇪 Berlin", " Berlin"),
            ("1️⃣ first", " first"), ("I ❤️ it", "I  it"), ("done ✅", "done "),
            ("ＡＢＣ１２３", "ABC123"), ("５０％", "50%"), ("𝐛𝐨𝐥𝐝", "bold"), ("② two", "2 two"), ("⑫", "12"),
            ("100\u{202F}000", "100\u{A0}000"), ("中文，对！", "中文，对！"),
        ])
    func cleaned(text: String, expected: String) {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: CleanText(text).scalars)
        #expect(String(scalars) == expected)
    }

    @Test("Every byte of the text shown belongs to a scalar")
    func offsets() {
        let clean = CleanText("\u{200B}a\u{200B}👍b")
        #expect((0...clean.count).map(clean.offset) == [0, 7, 11, 12])
        #expect(CleanText("").offset(of: 0) == 0)
        let ascii = CleanText("ab")
        #expect((0...ascii.count).map(ascii.offset) == [0, 1, 2])
    }
}
