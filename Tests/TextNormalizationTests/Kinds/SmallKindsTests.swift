// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Words, marks between groups of digits, and composite characters.
@Suite struct SmallKindsTests {
    @Test(
        "English",
        arguments: [
            ("Cats vs. dogs, or iPhone vs Android?", "Cats versus dogs, or iPhone versus Android?"),
            ("home vs away", "home versus away"),
            ("It counted 1'234'444.245 in Zurich.", "It counted 1234444.245 in Zurich."),
            ("1_234_444 in Python", "1234444 in Python"),
            ("12’500 francs", "twelve thousand five hundred francs"), ("10_000", "ten thousand"),
            ("Act Ⅳ, Scene Ⅸ of the play.", "Act four, Scene nine of the play."),
            ("Chapter Ⅻ", "Chapter twelve"), ("part ⅲ", "part three"),
            ("a room of 20㎡", "a room of twenty square meters"), ("5㎏", "five kilograms"),
            ("the ﬁrst ﬂoor", "the first floor"), ("⅙ of it", "one sixth of it"), ("USD 5", "five US dollars"),
            ("HKD13.5", "thirteen point five Hong Kong dollars"),
            ("EUR 20", "twenty euros"), ("RMB 100", "one hundred yuan"), ("HK$5", "five Hong Kong dollars"),
            ("it's 5'10\" tall", "it's five foot ten tall"),
            ("CHF 1'200", "1200 Swiss francs"), ("A <-> B", "A and B"), ("10 x 20 cm", "ten by twenty centimeters"),
            ("8 x 10 inches", "eight by ten inches"), ("3 x 4", "three times four"),
            ("O²⁻ or x⁻² here", "O two minus or x to the power of minus two here"),
            ("a 13A plug", "a thirteen amps plug"),
        ])
    func english(text: String, words: String) async throws {
        try await expectSame(text, words)
    }

    @Test(
        "Other languages",
        arguments: [
            ("bzgl. Ihrer Rückmeldung", "bezüglich Ihrer Rückmeldung", "de"),
            ("Tel. und Abt. dort", "Telefon und Abteilung dort", "de"), ("lt. Vertrag", "laut Vertrag", "de"),
            ("gem. Absatz", "gemäß Absatz", "de"), ("Bayern vs Dortmund", "Bayern gegen Dortmund", "de"),
            ("1'234,50 Franken", "1234,50 Franken", "de"),
            ("EUR 20", "20 Euro", "de"), ("CHF 20", "20 Franken", "de"), ("1_000", "1000", "fr"),
            ("chats vs chiens", "chats contre chiens", "fr"), ("gatos vs perros", "gatos contra perros", "es"),
            ("20㎡", "20 metri quadrati", "it"), ("en 52 av. J.-C.", "en 52 avant Jésus-Christ", "fr"),
            ("en 14 apr. J.-C.", "en 14 après Jésus-Christ", "fr"), ("5 av. Foch", "5 avenue Foch", "fr"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
