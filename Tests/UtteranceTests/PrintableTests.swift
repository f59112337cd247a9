// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

struct PrintableTests {
    @Test(arguments: [
        ("", ""),
        ("plain", "plain"),
        ("two\nlines", "two lines"),
        ("\r\n", "  "),
        ("tab\there", "tab here"),
        ("\u{1B}[2J\u{1B}]0;title\u{7}", " [2J ]0;title "),
        ("a\u{0}b\u{7F}c\u{9B}d", "a b c d"),
        ("line\u{2028}paragraph\u{2029}", "line paragraph "),
        ("\u{202E}desrever\u{202C}", " desrever "),
        ("\u{2066}isolate\u{2069}", " isolate "),
        ("e\u{301}\n\u{301}", "e\u{301} \u{301}"),
    ])
    func `Characters that could move a cursor or forge a line become spaces`(text: String, printable: String) {
        #expect(text.printable == printable)
        #expect(text.printable.unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test(arguments: [
        "Grüße, 你好, こんにちは, שלום, مرحبا, привет",
        "👩‍👩‍👧 🇩🇪 👍🏽",
        "no\u{A0}break \u{2026} — „quoted“",
        "\u{200E}mark\u{200F}",
        " ~",
    ])
    func `Everything else stays as it is`(text: String) {
        #expect(text.printable == text)
    }

    @Test func `It treats all control characters alike, and is idempotent`() {
        let controls = Array(0..<0x20) + Array(0x7F..<0xA0) as [UInt32]
        for value in controls {
            let text = String(String.UnicodeScalarView([Unicode.Scalar(value)].compactMap(\.self)))
            #expect(text.printable == " ")
            #expect(text.printable.printable == text.printable)
        }
    }
}
