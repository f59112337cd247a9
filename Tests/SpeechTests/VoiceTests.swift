// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Testing
import Utterance

@Suite("Voices")
struct VoiceTests {
    @Test("are listed, with names, identifiers and languages")
    func list() async throws {
        let synthesizer = try await Synthesizer.start()
        #expect(synthesizer.engine.voices.count > 50)
        let voices = synthesizer.engine.voices
        #expect(voices.allSatisfy { !$0.name.isEmpty && !$0.identifier.isEmpty && !$0.language.isEmpty })
        #expect(synthesizer.format == PCMFormat(rate: 22_050))
        #expect(synthesizer.engine.name.hasPrefix("eSpeak NG 1."))
    }

    @Test(
        "auto chooses a voice for the run's language",
        arguments: [
            ("en", "en-us"), ("en-us", "en-us"), ("en-GB", "en-gb"), ("de", "de"), ("fr", "fr-fr"), ("fr-CA", "fr-fr"),
            ("fr-BE", "fr-be"), ("es", "es"), ("pt-BR", "pt-br"), ("ja", "ja"), ("ko", "ko"), ("ru", "ru"),
            ("el", "el"), ("ar", "ar"), ("hi", "hi"), ("yue", "yue"), ("no", "nb"),
        ])
    func automatic(tag: String, language: String) async throws {
        let synthesizer = try await Synthesizer.start()
        #expect(synthesizer.voice(forLanguage: tag).language == language)
    }

    @Test(
        "Chinese is spoken as Mandarin, with no English in it",
        arguments: ["zh", "zh-Hans", "zh-TW", "cmn", "zh-CN"])
    func mandarin(tag: String) async throws {
        let phonemes = try await Synthesizer.start().phonemes(of: "你好，我是语音助手。今天天气很好！", language: tag)
        #expect(!phonemes.contains("(en)"))
        // Seventeen syllables, each with its tone.
        #expect(phonemes.count { $0.isNumber } >= 15)
    }

    @Test("Python 语言 is read by two voices")
    func mixed() async throws {
        let synthesizer = try await Synthesizer.start()
        let latin = synthesizer.voice(forLanguage: "en")
        let han = synthesizer.voice(forLanguage: "zh")
        #expect(latin != han)
        let recording = try await synthesizer.record(.english("Python "), .chinese("语言"))
        let marks = recording.marks.map(\.spoken)
        // eSpeak NG 1.52 reads 语言 as one word.
        #expect(marks == [0..<6, 7..<10, 10..<13] || marks == [0..<6, 7..<13])
    }

    struct Named: Sendable {
        var voice: String
        var tag: String
        var language: String
    }

    @Test(
        "a named voice reads its own script, and leaves the others to theirs",
        arguments: [
            Named(voice: "de", tag: "en", language: "de"), Named(voice: "German", tag: "en", language: "de"),
            Named(voice: "gmw/de", tag: "en", language: "de"), Named(voice: "DE", tag: "fr", language: "de"),
            Named(voice: "english", tag: "en", language: "en-us"), Named(voice: "en-gb", tag: "en", language: "en-gb"),
            Named(voice: "de", tag: "ru", language: "ru"), Named(voice: "bg", tag: "ru", language: "bg"),
            Named(voice: "bg", tag: "en", language: "en-us"), Named(voice: "yue", tag: "zh", language: "yue"),
            Named(voice: "fr+f3", tag: "en", language: "fr-fr"), Named(voice: "auto+f3", tag: "ru", language: "ru"),
        ])
    func named(row: Named) async throws {
        let synthesizer = try await Synthesizer.start(VoiceParameters(voice: row.voice))
        #expect(synthesizer.voice(forLanguage: row.tag).language == row.language)
    }

    @Test(
        "Chinese is Mandarin under a named Latin voice, and under a voice named zh or cmn",
        arguments: ["de", "zh", "cmn"])
    func namedMandarin(voice: String) async throws {
        let synthesizer = try await Synthesizer.start(VoiceParameters(voice: voice))
        #expect(!(try await synthesizer.phonemes(of: "你好", language: "zh").contains("(en)")))
    }

    @Test(
        "an unknown voice is a fault that names the nearest one",
        arguments: [
            ("Germn", "German"), ("englsh", "English"), ("en-uss", "en-us"), ("en-gb-scotlan", "en-gb-scotland"),
            ("de+f33", "de+f3"), ("gmw/dee", "gmw/de"),
        ])
    func unknown(name: String, nearest: String) async throws {
        let fault = await #expect(throws: Fault.self) { _ = try await Synthesizer.start(VoiceParameters(voice: name)) }
        #expect(fault?.code == .voiceUnknown)
        #expect(fault?.message.contains("Did you mean \(nearest)?") == true, "\(fault?.message ?? "")")
        #expect(fault?.message.contains("utter voices") == true)
    }

    @Test("a voice that resembles nothing, and an empty one, suggest no other", arguments: ["qqqqqqqqq", "", "+"])
    func unlike(name: String) async throws {
        let fault = await #expect(throws: Fault.self) { _ = try await Synthesizer.start(VoiceParameters(voice: name)) }
        #expect(fault?.code == .voiceUnknown)
    }

    @Test("checking an unknown voice changes nothing; each piece has its own")
    func check() async throws {
        let engine = try await ESpeakEngine.start(VoiceParameters(voice: "de"))
        #expect(throws: Fault.self) { try engine.check(VoiceParameters(voice: "nope")) }
        for (name, language) in [("de", "de"), ("fr", "fr-fr")] {
            let parameters = VoiceParameters(voice: name)
            try engine.check(parameters)
            #expect(engine.voice(for: "en", parameters).voice.language == language)
        }
    }

    @Test(
        "text that no voice reads is left out, and reported each time",
        arguments: [("Lao", "ສະບາຍດີ"), ("Khmer", "សួស្តី")])
    func leftOut(script: String, text: String) async throws {
        let synthesizer = try await Synthesizer.start()
        for _ in 1...2 {
            let silent = try await synthesizer.synthesize([.english(text)]) { _, _ in true }
            #expect(silent.frames == 0)
            #expect(silent.notices.map(\.code) == ["text_left_out"])
            #expect(silent.notices.first?.message.contains(script) == true)
        }
        let mixed = try await synthesizer.synthesize([.english("Hello \(text) world.")]) { _, _ in true }
        #expect(mixed.frames > 0 && mixed.notices.map(\.code) == ["text_left_out"])
    }

    @Test(
        "symbols and letters that a voice only skips don't count as left out",
        arguments: ["π ≈ 3", "ˈhɛləʊ", "A 😀 b", "ℂ 𝐱"])
    func nothingLeftOut(text: String) async throws {
        let synthesis = try await Synthesizer.start().synthesize([.english(text)]) { _, _ in true }
        #expect(synthesis.notices.isEmpty)
    }

    @Test("Ukrainian is spoken, by its own voice or one that reads its letters")
    func ukrainian() async throws {
        let synthesizer = try await Synthesizer.start()
        let isInstalled = synthesizer.engine.voices.contains { $0.language == "uk" }
        let synthesis = try await synthesizer.synthesize([SpokenRun(language: "uk", text: "Привіт світ")]) { _, _ in
            true
        }
        #expect(synthesis.frames > 10_000)
        #expect(synthesis.notices.map(\.code) == (isInstalled ? [] : ["voice_missing"]))
    }

    @Test("of a piece are named in the order in which they speak, without waiting for the speech thread")
    func names() async throws {
        let engine = try await ESpeakEngine.start()
        let runs = [SpokenRun.chinese("语言"), .english(" Python "), .chinese("很好")]
        let names = engine.voiceNames(for: runs, VoiceParameters()).split(separator: ", ")
        #expect(names.count == 2 && names.last == "en-us")
        #expect(try await !engine.phonemes(of: "你好", language: String(names[0])).contains("(en)"))
    }

    @Test("a language without a voice is read by the Latin one, and that is reported")
    func missing() async throws {
        let synthesizer = try await Synthesizer.start()
        let run = SpokenRun(language: "tlh", text: "nuqneH")
        let recording = Recording()
        let first = try await synthesizer.synthesize([run, run], into: recording.take)
        #expect(first.notices.map(\.code) == ["voice_missing"])
        #expect(!recording.samples.isEmpty)
    }
}
