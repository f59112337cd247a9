// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Testing

/// Texts that other systems say wrongly, each with the report that it comes from, and the pieces that a listener
/// expects.
private let table: [(text: String, pieces: [String], source: String)] = [
    (
        "Here are three tips:\n1. Drink water.\n2. Sleep well.\n3. Exercise daily.\nGood luck!",
        ["Here are three tips:", "1. Drink water.", "2. Sleep well.", "3. Exercise daily.", "Good luck!"],
        "livekit #1811, pySBD golden rule 36"
    ),
    (
        "You need:\n- Flour\n- Two eggs\n- Milk\n\nMix them well.",
        ["You need:", "Flour", "Two eggs", "Milk", "Mix them well."], "read-aloud #287, pocket-tts #153"
    ),
    (
        "Run this:\n```python\nprint('a. b')\nx = 1.5\n```\nThat is all.",
        ["Run this:", "Code block.", "That is all."],
        "saypi #150, whisper.cpp #1329"
    ),
    (
        "<think>\nThe user wants Paris. Hmm.\n</think>\n\nParis is the capital. It is lovely.",
        ["Paris is the capital.", "It is lovely."], "amica #174, whisplay #21"
    ),
    (
        "See https://www.example.50.com/new-site/awesome_content.html. Please check it out.",
        ["See example.50.com.", "Please check it out."], "pySBD golden rule 23, talkie #35"
    ),
    (
        "Check [the guide](https://example.com/a.b) first. It helps.", ["Check the guide first.", "It helps."],
        "FastGPT #3421"
    ),
    (
        "## Weather\nIt is sunny today. Enjoy it.", ["Weather", "It is sunny today.", "Enjoy it."], "open-webui #9493"
    ),
    ("I live in the U.S. How about you?", ["I live in the U.S.", "How about you?"], "pySBD golden rule 15"),
    (
        "I work for the U.S. Government in Virginia.", ["I work for the U.S. Government in Virginia."],
        "pySBD golden rule 16"
    ),
    (
        "At 5 a.m. Mr. Smith went to the bank. He left the bank at 6 P.M. Mr. Smith then went to the store.",
        [
            "At 5 a.m. Mr. Smith went to the bank.", "He left the bank at 6 P.M.",
            "Mr. Smith then went to the store.",
        ], "pySBD golden rule 18"
    ),
    (
        "My birthday is Jan 1, 1980. Another sentence.", ["My birthday is Jan 1, 1980.", "Another sentence."],
        "pipecat #1756"
    ),
    (
        "Pi is 3.14 and e is 2.718. Both are irrational.", ["Pi is 3.14 and e is 2.718.", "Both are irrational."],
        "pocket-tts #162"
    ),
    (
        "Could you please help me with your full name?What could go wrong. Nothing.",
        ["Could you please help me with your full name?", "What could go wrong.", "Nothing."], "livekit #3798"
    ),
    (
        "(Explore these until you say done.) Then we continue.",
        ["(Explore these until you say done.)", "Then we continue."], "pipecat #3203"
    ),
    (
        "He whispered, \"Dr. Smith is here.\" Then he left.",
        ["He whispered, \"Dr. Smith is here.\"", "Then he left."], "pipecat #5737"
    ),
    ("“这是第一句话。”这是第二句话。你好吗？", ["“这是第一句话。”", "这是第二句话。", "你好吗？"], "sentence-stream's tests"),
    ("「行こう！」と言った。次の文です。", ["「行こう！」と言った。", "次の文です。"], "sentence-stream's tests"),
    (
        "Wait... what? Really?! Yes!!! Let's go.", ["Wait... what?", "Really?!", "Yes!!!", "Let's go."],
        "pySBD golden rules 27 to 30"
    ),
    ("The answer is No. Try again.", ["The answer is No.", "Try again."], "sentence-stream's tests"),
    ("Turn on the TV. Then sit down.", ["Turn on the TV.", "Then sit down."], "sentence-stream's tests"),
    ("J. R. R. Tolkien wrote it. I loved it.", ["J. R. R. Tolkien wrote it.", "I loved it."], "backtalk #31"),
    (
        "We make a good team, you and I. Did you see Albert I. Jones yesterday?",
        ["We make a good team, you and I.", "Did you see Albert I. Jones yesterday?"], "pySBD golden rule 42"
    ),
    ("2*3*4 = 24. That is multiplication.", ["2*3*4 = 24.", "That is multiplication."], "sentence-stream 1.4"),
    (
        "**Bold** text! Another *emphasized* word. Done.", ["Bold text!", "Another emphasized word.", "Done."],
        "livekit #796"
    ),
    (
        "Hello! 😀 Welcome to our app! 🎉 Enjoy it.", ["Hello!", "Welcome to our app!", "Enjoy it."],
        "livekit's tests"
    ),
    ("😀", [], "hermes #25956"),
    ("x is < 5 and y > 3. <3 you all.", ["x is < 5 and y > 3.", "<3 you all."], "pipecat CHANGELOG 976"),
    (
        "The score was 3. Next month it improved.", ["The score was 3.", "Next month it improved."],
        "stream2sentence's tests"
    ),
    ("Todo listo.", ["Todo listo."], "wyoming_openai #81"),
    (".", [], "LVA #406"),
    (".......", [], "GLaDOS #3"),
    (
        "Dr. Sharma arrived at 9:30 a.m., slightly late.", ["Dr. Sharma arrived at 9:30 a.m., slightly late."],
        "KittenTTS #115"
    ),
    (
        "Ask me for only $29.95/month. Next week it is gone.",
        ["Ask me for only $29.95/month.", "Next week it is gone."], "listeners"
    ),
    (
        "Open config.json before restarting. Then look.", ["Open config.json before restarting.", "Then look."],
        "listeners"
    ),
    (
        "She works at Yahoo! in the accounting department.", ["She works at Yahoo! in the accounting department."],
        "pySBD golden rule 41"
    ),
    ("See Fig. 3. It shows growth.", ["See Fig. 3.", "It shows growth."], "listeners"),
    ("- **Milk**: two litres.\n- **Eggs**: six.", ["Milk: two litres.", "Eggs: six."], "listeners"),
    ("Hola. ¿Cómo estás? Muy bien.", ["Hola.", "¿Cómo estás?", "Muy bien."], "listeners"),
    ("<think>hidden for ever", [], "listeners"),
    ("Code:\n```\nx = 1", ["Code:", "Code block."], "listeners"),
]

private let german: [(text: String, pieces: [String], source: String)] = [
    (
        "Heute ist Dienstag, der 3. Juli 2024. Danke schön.",
        ["Heute ist Dienstag, der 3. Juli 2024.", "Danke schön."], "pipecat test_utils_string"
    ),
    (
        "Die aktuelle Außentemperatur beträgt 22,1 °C bei 45 % Luftfeuchtigkeit.",
        ["Die aktuelle Außentemperatur beträgt 22,1 °C bei 45 % Luftfeuchtigkeit."], "hass-edge-tts #76"
    ),
]

@Suite struct ListenersTableTests {
    @Test("Texts that listeners complain about are said right, however they arrive", arguments: table)
    func english(text: String, expected: [String], source: String) {
        for chunk in [nil, 1, 2, 3, 5, 7] {
            #expect(texts(text, chunk: chunk) == expected, "\(source), in fragments of \(chunk ?? text.count)")
        }
    }

    @Test("German dates and decimals stay whole", arguments: german)
    func germanTexts(text: String, expected: [String], source: String) {
        for chunk in [nil, 1, 2, 3, 5, 7] {
            #expect(texts(text, chunk: chunk, TextOptions(language: "de")) == expected, "\(source)")
        }
    }
}
