// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@Suite("The nearest name")
struct NearestTests {
    @Test(
        "is the one with the fewest edits, ignoring case",
        arguments: [
            ("defualt", "default"), ("HDMI", "hdmi"), ("dfeualt", "default"), ("plughw", "plughw:0"), ("hdmi", "hdmi"),
            ("xyzzy", nil),
            ("", nil),
        ])
    func nearest(name: String, expected: String?) {
        #expect(["default", "hdmi", "plughw:0", "null"].nearest(to: name) == expected)
    }

    @Test("is found at once, however long the text is", .timeLimit(.minutes(10)))
    func long() {
        let names = (0..<1_000).map { "name \($0)" }
        #expect(names.nearest(to: String(repeating: "n", count: 1_000_000)) == nil)
    }

    @Test("is the first of those that are equally near, and missing from an empty list")
    func ties() {
        #expect(["ab", "ac"].nearest(to: "ad") == "ab")
        #expect([String]().nearest(to: "a") == nil)
    }

    @Test("may be given without its ending")
    func prefix() {
        let names = ["UTTER_SPEECH_VOICE", "UTTER_SPEECH_RATE_WPM", "UTTER_SPEECH_PITCH"]
        #expect(names.nearest(to: "UTTER_SPEECH_RATE") == "UTTER_SPEECH_RATE_WPM")
    }
}
