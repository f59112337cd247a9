// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing
import Utterance

/// How everyday texts are cut, in each language, however they arrive.
@Suite struct EverydayPiecesTests {
    @Test(
        "Pieces",
        arguments: [
            ("en", "Open Oct. 3-Nov. 5 only. Come.", ["Open Oct. 3-Nov. 5 only.", "Come."]),
            ("en", "Oct. 3–Nov. 5, 2024", ["Oct. 3–Nov. 5, 2024"]),
            ("de", "Ich habe Fragen bzgl. Ihrer Rückmeldung.", ["Ich habe Fragen bzgl. Ihrer Rückmeldung."]),
            ("de", "Fragen ggü. Kunden gem. Absatz 2. Danke.", ["Fragen ggü. Kunden gem. Absatz 2.", "Danke."]),
            ("de", "Vom 3.–5. Mai ist zu. Danach nicht.", ["Vom 3.–5. Mai ist zu.", "Danach nicht."]),
            ("de", "Ab Gl. 7 um 8 Uhr.", ["Ab Gl. 7 um 8 Uhr."]),
            ("de", "Bei 60 Min. Verspätung gibt es Geld.", ["Bei 60 Min. Verspätung gibt es Geld."]),
            ("de", "Es dauert 60 Min. Dann ist es gut.", ["Es dauert 60 Min.", "Dann ist es gut."]),
            ("fr", "Tél. : 01 42 68 53 00. Merci.", ["Tél. : 01 42 68 53 00.", "Merci."]),
            ("ru", "Звоните: тел. +7 495 123-45-67. Ждём.", ["Звоните: тел. +7 495 123-45-67.", "Ждём."]),
            ("ru", "Здесь жил А. П. Чехов. Он писал.", ["Здесь жил А. П. Чехов.", "Он писал."]),
            ("en", "`I said so.` `Then he left.`", ["I said so.", "Then he left."]),
            ("en", "Run `ls -la.` now.", ["Run ls -la. now."]),
            ("zh", "小心。*微笑着说* 你好！", ["小心。", "微笑着说", "你好！"]),
            ("zh", "**注意**：小心。**重要**：看。", ["注意：小心。", "重要：看。"]),
            ("zh", "一个领\u{1B}[2D\u{1B}[K\n领域。", ["一个领域。"]),
            ("en", "a fiel\u{1B}[4D\u{1B}[K\nfield of physics.", ["a field of physics."]),
        ])
    func pieces(language: String, text: String, expected: [String]) {
        for chunk in [nil, 1, 2, 3, 7] {
            #expect(
                texts(text, chunk: chunk, TextOptions(language: language)) == expected, "in fragments of \(chunk ?? 0)")
        }
    }

    @Test(
        "Formulas",
        arguments: [
            ("en", "$\\frac{a}{b+c}$", "a, over b plus c"),
            ("en", "$v = gt \\approx 20$", "v equals g t, which is approximately twenty"),
            ("en", "$x = 1, y = 2$", "x equals one, y equals two"),
            ("en", "$0 < x \\leq 1$", "zero is less than x, which is at most one"),
            ("en", "$A \\Rightarrow B = C$", "A, so B equals C"),
            ("zh", "$\\frac{a+b}{2}$", "二分之a加b"),
        ])
    func formulas(language: String, text: String, expected: String) {
        let said = spoken(text, language)
        #expect(said == expected)
    }
}

private func spoken(_ text: String, _ language: String) -> String {
    SentencesTests.pieces(text, TextOptions(language: language)).flatMap(\.runs).map(\.text).joined()
}
