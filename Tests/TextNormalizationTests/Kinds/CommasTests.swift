// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// If the decimal mark is a full stop, a comma separates numbers, or joins groups of three digits.
@Suite struct CommasTests {
    @Test(
        "English",
        arguments: [
            ("The point (3,5) is right of (0,1).", "The point three, five is right of zero, one."),
            ("x is in [0,2].", "x is in zero, two."), ("1,2,3", "one, two, three"),
            ("lat 52,13", "lat fifty two, thirteen"),
            ("Choose 5,7 or 9.", "Choose five, seven or nine."), ("at (10,20,30)", "at ten, twenty, thirty"),
            (
                "The bill was 2358 dollars for 22,361 units.",
                "The bill was two thousand three hundred fifty eight dollars for twenty two thousand three hundred sixty one units."
            ),
            ("1,2 and 12,345", "one, two and 12345"),
            ("the interval (0,1]", "the interval zero, one"),
            ("the point (100,200)", "the point one hundred, two hundred"),
            ("[100,200]", "one hundred, two hundred"), ("(1.5,2.5)", "one point five, two point five"),
            ("(-1,5)", "minus one, five"), ("98,765,432.10", "98765432.10"),
            ("0,1,1,2,3,5", "zero, one, one, two, three, five"),
            ("years 2019,2020", "years two thousand nineteen, two thousand twenty"),
        ])
    func english(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Chinese",
        arguments: [
            ("点(3,5)在左边。", "点三，五在左边。"), ("区间[0,2]", "区间零，二"), ("选1,2,3", "选一，二，三"),
            ("坐标是(10,20)", "坐标是十，二十"), ("共1,234人", "共一千二百三十四人"), ("有5,7两种", "有五，七两种"),
        ])
    func chinese(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "A comma is the decimal mark in some languages",
        arguments: [
            ("22,1 °C", "22,1 Grad Celsius", "de"), ("3,5 kg", "3,5 kilogrammes", "fr"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }

    @Test(
        "Spaces between thousands, where they are certain",
        arguments: [
            ("There are 1 234 567 people.", "There are 1234567 people."), ("12 345 678 cells", "12345678 cells"),
            ("1\u{202F}234\u{202F}567", "1234567"), ("12\u{A0}345", "12345"),
            ("$1 234 567.50", "1234567 dollars and 50 cents"),
            ("scores 100 200 300", "scores 100 200 300"), ("rooms 12 345", "rooms 12 345"),
            ("2 500 1000", "2 500 1000"),
            ("1 200 300-400", "1 200 300 to 400"),
        ])
    func blanks(text: String, said: String) {
        #expect(spoken(text) == said)
    }
}
