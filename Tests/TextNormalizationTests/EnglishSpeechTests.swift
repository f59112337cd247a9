// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// eSpeak NG says the same for our text as for the words that a person would say.
@Suite
struct EnglishSpeechTests {
    @Test(
        "Money",
        arguments: [
            ("$29.95", "twenty nine dollars and ninety five cents"), ("$5", "five dollars"), ("$1", "one dollar"),
            ("$1.00", "one dollar"), ("$0.99", "ninety nine cents"), ("$0.01", "one cent"),
            ("$1,234.56", "one thousand two hundred thirty four dollars and fifty six cents"),
            ("It costs $2.5 million.", "It costs two point five million dollars."),
            ("$1.5B", "one point five billion dollars"),
            ("$5k", "five thousand dollars"), ("$10-$20", "ten to twenty dollars"),
            ("$5–10 million", "five to ten million dollars"),
            ("€5", "five euros"), ("5 €", "five euros"), ("£3.50", "three pounds and fifty pence"),
            ("¥500", "five hundred yen"),
            ("US$5", "five US dollars"), ("5 USD", "five US dollars"), ("-$5", "minus five dollars"),
            ("$5/month", "five dollars per month"),
            ("$29.95/month", "twenty nine dollars and ninety five cents per month"),
        ])
    func money(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Numbers, ranges and fractions",
        arguments: [
            ("1,000,000 people", "one million people"), ("3.14", "three point one four"),
            ("22,1", "twenty two, one"),
            (".5", "zero point five"), ("50%", "fifty percent"), ("3.5 %", "three point five percent"),
            ("5–10", "five to ten"), ("5-10 people", "five to ten people"), ("10-15%", "ten to fifteen percent"),
            ("10% - 15%", "ten percent to fifteen percent"), ("5 - 10 km", "five to ten kilometers"),
            ("1/2", "one half"), ("3/4 of it", "three quarters of it"), ("2/3", "two thirds"), ("1/10", "one tenth"),
            ("1 1/2 cups", "one and one half cups"), ("24/7", "twenty four seven"), ("½", "one half"),
            ("1½ cups", "one and one half cups"), ("2πr", "two pi r"), ("√2", "the square root of two"),
            ("100th", "one hundredth"), ("1000th", "one thousandth"), ("21st", "twenty first"),
            ("112th", "one hundred twelfth"),
            ("10K followers", "ten thousand followers"), ("2.5x faster", "two point five times faster"),
            ("-5 degrees", "minus five degrees"),
            ("version 2.0.1", "version two point zero point one"),
            ("192.168.1.1", "one hundred ninety two point one hundred sixty eight point one point one"),
            ("a 5-year-old", "a five year old"), ("f(x) = 2x + 1", "f(x) equals 2x + 1"), ("x := 5", "x equals 5"),
            ("It was Henry VIII.", "It was Henry the eighth."), ("15 Jan 2024", "15 January 2024"),
            ("Jan 5", "January fifth"),
            ("born c. 1885", "born circa eighteen eighty five"),
        ])
    func numbers(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Units",
        arguments: [
            ("60 km/h", "sixty kilometers per hour"), ("1 km", "one kilometer"), ("5 kg", "five kilograms"),
            ("5kg", "five kilograms"),
            ("20 °C", "twenty degrees Celsius"), ("-5°C", "minus five degrees Celsius"),
            ("68°F", "sixty eight degrees Fahrenheit"),
            ("20℃", "twenty degrees Celsius"), ("100 MB", "one hundred megabytes"),
            ("2.4 GHz", "two point four gigahertz"),
            ("10ms", "ten milliseconds"), ("5 µs", "five microseconds"), ("5 MB/s", "five megabytes per second"),
            ("30 m²", "thirty square meters"), ("10 m/s", "ten meters per second"), ("6 ft", "six feet"),
            ("5'10\"", "five foot ten"),
            ("Add 3 tbsp. oil.", "Add three tablespoons oil."), ("2 1/2 tsp. salt", "two and one half teaspoons salt"),
            ("1/2 km", "one half kilometer"), ("¼ tsp salt", "one quarter teaspoon salt"),
            ("$99/mo", "ninety nine dollars per month"), ("5 yrs", "five years"),
            ("20 deg. today", "twenty degrees today"),
            ("150 lbs", "one hundred fifty pounds"), ("in km/h", "in kilometers per hour"),
            ("30 min", "thirty minutes"),
            ("3 kWh", "three kilowatt hours"), ("a 9x5-inch pan", "a nine by five-inch pan"),
            ("120/80 mmHg", "120 over 80 millimeters of mercury"), ("99 mg/dL", "ninety nine milligrams per deciliter"),
            ("5 μm", "five micrometers"), ("60 bpm", "sixty beats per minute"),
            ("~$150", "about one hundred fifty dollars"), ("5 A students", "five A students"),
        ])
    func units(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Dates and times",
        arguments: [
            ("2024-05-03", "May third, two thousand twenty four"),
            ("May 3, 2024", "May third, two thousand twenty four"),
            ("12/25/2024", "December twenty-fifth, two thousand twenty four"), ("on July 4", "on July fourth"),
            ("in 1999", "in nineteen ninety nine"), ("in 1905", "in nineteen oh five"),
            ("in 2024", "in two thousand twenty four"),
            ("1939–1945", "19 39 to 19 45"), ("the 1990s", "the nineteen nineties"),
            ("the '80s", "the eighties"), ("the ’90s", "the nineties"), ("the 2010s", "the twenty tens"),
            ("in his 30s", "in his thirties"), ("80s fashion", "eighties fashion"),
            ("the 70s and 80s", "the seventies and eighties"), ("in the mid-1980s", "in the mid-nineteen eighties"),
            ("the mid-60s", "the mid-sixties"), ("the B-52s", "the B-52s"),
            ("It takes 30s.", "It takes thirty seconds."),
            ("a 30s timeout", "a thirty seconds timeout"), ("10:30", "ten thirty"),
            ("2:01:09", "two hours, one minute and nine seconds"),
            ("It ran on Tues. and Thurs. too.", "It ran on Tuesday and Thursday too."),
            ("3:00-5:30 PM", "three o'clock to five thirty PM"), ("10:00", "ten o'clock"),
            ("10:00 AM", "ten a.m."), ("9:05", "nine oh five"), ("14:00", "fourteen hundred"), ("00:00", "midnight"),
            ("At 5 a.m. Mr. Smith left", "At 5 AM Mister Smith left"), ("Jan. 5", "January fifth"),
        ])
    func dates(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Telephone numbers",
        arguments: [
            ("+1 555 123 4567", "plus one, five five five, one two three, four five six seven"),
            ("555-123-4567", "five five five, one two three, four five six seven"),
            ("(555) 123-4567", "five five five, one two three, four five six seven"),
            ("555-0123", "five five five, zero one two three"),
            ("1-800-555-0199", "one, eight zero zero, five five five, zero one nine nine"),
        ])
    func telephone(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Abbreviations don't end a sentence",
        arguments: [
            ("Dr. Smith", "Doctor Smith"), ("Mr. Jones met Mrs. Lee", "Mister Jones met Missus Lee"),
            ("Prof. Xu", "Professor Xu"),
            ("St. John lives on Main St. now", "Saint John lives on Main Street now"),
            ("U.S. Government", "U S Government"),
            ("J. R. R. Tolkien wrote it", "J R R Tolkien wrote it"), ("J.K. Rowling", "J K Rowling"),
            ("cats vs. dogs", "cats versus dogs"),
            ("fruit, e.g., apples", "fruit, for example, apples"), ("that is, i.e. this", "that is, that is this"),
            ("apples etc. are fruit", "apples et cetera are fruit"), ("No. 5", "Number five"),
            ("Fig. 3 shows", "Figure three shows"),
            ("Apple Inc. said", "Apple Incorporated said"), ("Henry VIII", "Henry the eighth"),
            ("World War II", "World War two"),
            ("Martin Luther King Jr. spoke", "Martin Luther King Junior spoke"), ("the U.S. is", "the U S is"),
        ])
    func abbreviations(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Symbols",
        arguments: [
            ("salt & pepper", "salt and pepper"), ("a + b = c", "a plus b equals c"), ("5 < 6", "five less than six"),
            ("y > 3", "y greater than three"),
            ("x is < 5 and y > 3", "x is less than five and y greater than three"), ("3 × 4", "three times four"),
            ("8 ÷ 2", "eight divided by two"), ("±5", "plus or minus five"), ("A → B", "A to B"), ("A -> B", "A to B"),
            ("≈ 5", "approximately five"), ("x ≤ 3", "x less than or equal to three"),
            ("x >= 5", "x greater than or equal to five"),
            ("#1", "number one"), ("~5", "about five"), ("x^2", "x squared"), ("m²", "m squared"),
            ("10^6", "ten to the power of six"),
            ("№ 5", "number five"), ("2*3*4 = 24", "two times three times four equals twenty four"), ("C#", "C sharp"),
            ("and/or", "and or"), ("<3 you all", "you all"), ("5 - 3 = 2", "five minus three equals two"),
            ("a * note", "a note"),
        ])
    func signs(text: String, words: String) async throws { try await expectSame(text, words) }

    @Test(
        "Text that eSpeak reads well is not changed",
        arguments: [
            "well-known", "GPT-4o", "H2O and CO2", "COVID-19", "the CPU", "v2.0.1 of C++", "don't", "file_name.txt",
            "3rd", "5 hours",
            "(hello) [you]", "Wait... what?", "she said “yes”", "AT&T", "I'm 30.",
        ])
    func untouched(text: String) {
        #expect(spoken(text) == text)
    }
}
