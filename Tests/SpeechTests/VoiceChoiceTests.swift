// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Speech

@Suite("Choosing voices")
struct VoiceChoiceTests {
    /// As listed by eSpeak NG 1.50 and 1.51, in part.
    private let catalogue = VoiceCatalogue(
        voices: [
            Voice("Chinese (Mandarin, latin as English)", "sit/cmn", ["cmn": 5, "zh-cmn": 5, "zh": 5]),
            Voice(
                "Chinese (Mandarin, latin as Pinyin)", "sit/cmn-Latn-pinyin",
                ["cmn-latn-pinyin": 5, "zh-cmn": 5, "zh": 5]),
            Voice("Chinese (Cantonese)", "sit/yue", ["yue": 5, "zh-yue": 5, "zh": 8]),
            Voice("English (Great Britain)", "gmw/en", ["en-gb": 2, "en": 2]),
            Voice("English (America)", "gmw/en-US", ["en-us": 2, "en": 3]),
            Voice("French (Belgium)", "roa/fr-BE", ["fr-be": 5, "fr": 8]),
            Voice("French (France)", "roa/fr", ["fr-fr": 5, "fr": 5]),
            Voice("Russian", "zle/ru", ["ru": 5]),
        ])

    private func choice(
        _ voice: String, language: String = "en-us", without missing: Set<String> = []
    ) throws -> VoiceChoice {
        let voices = catalogue.voices.filter { !missing.contains($0.identifier) }
        return try VoiceChoice(
            VoiceParameters(voice: voice, language: language), catalogue: VoiceCatalogue(voices: voices),
            variants: { ["f3", "whisper"] })
    }

    @Test(
        "the name for eSpeak NG is the identifier and the variant",
        arguments: [
            ("auto", "en", "gmw/en-US"), ("auto", "EN-gb", "gmw/en"), ("auto", "fr-CA", "roa/fr"),
            ("auto+f3", "zh-Hans", "sit/cmn-Latn-pinyin+f3"), ("auto", "cmn-Latn-pinyin", "sit/cmn-Latn-pinyin"),
            ("AUTO", "zh-yue", "sit/yue"), ("yue", "zh", "sit/yue"), ("sit/cmn", "zh", "sit/cmn"),
            ("Chinese (Mandarin, Latin as English)", "zh", "sit/cmn"), ("cmn", "zh", "sit/cmn-Latn-pinyin"),
            ("zh-CN", "zh", "sit/cmn-Latn-pinyin"), ("chinese", "zh", "sit/cmn-Latn-pinyin"),
            ("fr-BE+whisper", "en", "roa/fr-BE+whisper"), ("ru", "en", "gmw/en-US"),
        ])
    func names(voice: String, tag: String, name: String) throws {
        #expect(try choice(voice).choice(for: tag).name == name)
    }

    @Test("English without an accent gets the configured one", arguments: [("en-gb", "gmw/en"), ("fr", "gmw/en-US")])
    func accent(language: String, name: String) throws {
        #expect(try choice("auto", language: language).choice(for: "en").name == name)
    }

    @Test("a language that is not installed gets the Latin voice as a substitute", arguments: ["ja", "xx", ""])
    func substitute(tag: String) throws {
        let substitute = try choice("auto", language: "fr").choice(for: tag)
        #expect(substitute.isSubstitute && substitute.name == "roa/fr")
        #expect(try !choice("auto").choice(for: "ru").isSubstitute)
    }

    @Test("a language that is not installed is read by another one of its script, if there is one")
    func sameScript() throws {
        for tag in ["uk", "be", "mn"] {
            let substitute = try choice("auto").choice(for: tag)
            #expect(substitute.isSubstitute && substitute.name == "zle/ru", "\(tag)")
        }
        let cantonese = try choice("auto", without: ["sit/cmn", "sit/cmn-Latn-pinyin"]).choice(for: "zh")
        #expect(cantonese.isSubstitute && cantonese.name == "sit/yue")
    }

    @Test("Chinese gets the voice that reads pinyin, or else the one that is there")
    func mandarin() throws {
        #expect(try choice("auto").choice(for: "zh").name == "sit/cmn-Latn-pinyin")
        let only = try choice("auto", without: ["sit/cmn-Latn-pinyin"]).choice(for: "zh")
        #expect(!only.isSubstitute && only.name == "sit/cmn")
    }

    @Test("a Latin language that is not installed is a fault", arguments: ["xx", ""])
    func unknownLanguage(language: String) {
        let fault = #expect(throws: Fault.self) { try choice("auto", language: language) }
        #expect(fault?.code == .voiceUnknown)
    }

    @Test(
        "scripts",
        arguments: [
            ("en", WritingSystem.latin), ("zh-Hant", .han), ("cmn-latn-pinyin", .han), ("fa-Latn", .latin),
            ("FA", .arabic),
            ("uk", .cyrillic), ("ta", .tamil), ("th", .thai), ("", .latin),
        ])
    func scripts(tag: String, script: WritingSystem) {
        #expect(WritingSystem(language: tag) == script)
    }
}

extension Voice {
    fileprivate init(_ name: String, _ identifier: String, _ languages: KeyValuePairs<String, Int>) {
        self.init(
            name: name, identifier: identifier, gender: .male,
            languages: languages.map { Language(tag: $0.key, priority: $0.value) })
    }
}
