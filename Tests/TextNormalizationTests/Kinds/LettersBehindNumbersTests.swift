// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// A letter after a number is a unit only if the text suggests it.
@Suite struct LettersBehindNumbersTests {
    @Test(
        "Seats, rows, gates and rooms",
        arguments: [
            ("I am in seat 12A, row 3C, gate 4F.", "I am in seat twelve A, row three C, gate four F."),
            ("Seats 14A, 14B and 15C are free.", "Seats fourteen A, fourteen B and fifteen C are free."),
            ("Apartment 5C is empty.", "Apartment five C is empty."), ("Platform 9A", "Platform nine A"),
            ("Take exit 4A.", "Take exit four A."), ("room 2F", "room two F"), ("size 34C", "size thirty four C"),
            ("Class 4A", "Class four A"), ("Form 1A", "Form one A"),
            ("Figure 2C shows it.", "Figure two C shows it."), ("gate 7m", "gate seven m"),
            ("Line 5V is closed.", "Line five V is closed."), ("He sat in 22A.", "He sat in twenty two A."),
            ("Hall 3L", "Hall three L"), ("a 5K run", "a five K run"), ("a 4K video", "a four K video"),
            ("Section 8W", "Section eight W"), ("flat 3g", "flat three g"),
        ])
    func labels(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Units that the text confirms",
        arguments: [
            ("a 5A fuse", "a five amps fuse"), ("a 2A charger", "a two amps charger"),
            ("It draws 2.5A.", "It draws two point five amps."), ("a current of 3A", "a current of three amps"),
            ("It is 72F outside.", "It is seventy two degrees Fahrenheit outside."),
            ("Bake at 350F.", "Bake at three hundred fifty degrees Fahrenheit."),
            ("a fever of 39.5C", "a fever of thirty nine point five degrees Celsius"),
            ("Heat the oven to 180C.", "Heat the oven to one hundred eighty degrees Celsius."),
            ("12V at 2A", "twelve volts at two amps"), ("a 60W bulb", "a sixty watts bulb"),
            ("a 2L bottle", "a two liters bottle"), ("10K followers", "ten thousand followers"),
            ("It takes 30s.", "It takes thirty seconds."), ("50g of butter", "fifty grams of butter"),
        ])
    func units(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Hardware addresses and other names of digits and letters",
        arguments: [
            ("MAC 00:1A:2B:3C:4D:5E", "MAC 0 0, 1 A, 2 B, 3 C, 4 D, 5 E"),
            ("A4:5E:60:C2:9B:1F", "A 4, 5 E, 6 0, C 2, 9 B, 1 F"),
            ("00-1A-2B-3C-4D-5E", "0 0, 1 A, 2 B, 3 C, 4 D, 5 E"),
        ])
    func addresses(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "No unit between symbols or inside a name", arguments: ["part 1A2B", "unit 7C-3", "B-12C-7", "1A/2C", "0x3C"])
    func names(text: String) {
        let said = spoken(text)
        #expect(!said.contains("amp") && !said.contains("degree"), "\(said)")
    }

    @Test(
        "Chinese",
        arguments: [
            ("12A座位，5A景区，3F楼层。", "十二A座位，五A景区，三F楼层。"), ("座位号12A。", "座位号十二A。"), ("3A大作很多。", "三A大作很多。"),
            ("4A广告公司", "四A广告公司"), ("电流5A。", "电流五安。"), ("5V2A充电器", "五伏两安充电器"), ("10A的保险丝", "十安的保险丝"),
            ("额定电流2.5A", "额定电流二点五安"), ("60W灯泡", "六十瓦灯泡"), ("2L装的水", "两升装的水"), ("3W座", "三W座"), ("8L登机口", "八L登机口"),
        ])
    func chinese(text: String, words: String) async throws { try await expectSame(text, words, "zh") }

    @Test(
        "Other languages",
        arguments: [
            ("Zimmer 12m", "Zimmer 12 m", "de"), ("Klasse 5g", "Klasse 5 g", "de"),
            ("Platz 7A", "Platz 7 A", "de"), ("50g Butter", "50 Gramm Butter", "de"), ("siège 12L", "siège 12 L", "fr"),
            ("asiento 12L", "asiento 12 L", "es"), ("posto 12L", "posto 12 L", "it"),
            ("assento 12L", "assento 12 L", "pt"),
            ("квартира 5г", "квартира 5 г", "ru"), ("5г соли", "5 граммов соли", "ru"),
        ])
    func others(text: String, words: String, language: String) async throws {
        try await expectSame(text, words, language)
    }
}
