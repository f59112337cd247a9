// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import Settings

@Suite struct ValueTests {
    @Test func `Every kind of value reaches its place`() throws {
        let settings = try load(
            """
            model:
              url: https://ai.example:8443/ollama
              provider: ollama-generate
              name: qwen3:1.7b
              fallback_servers:
                - {url: "http://other", provider: openai, name: tiny}
                - url: 192.168.1.20
              system_prompt: |
                Be brief.
                Be kind.
              options: {temperature: 0.7, num_ctx: 4096, seed: "1", stop: ["\\n", END], use_mmap: true, mirostat: off}
              keep_alive: -1
              think: low
              connect_timeout_s: 0.5
              first_byte_timeout_s: 0
              demo: false
            text:
              language: pt-BR
              code_blocks: silent
              sentence_ends: {add: "~；", remove: "!"}
            speech:
              voice: cmn
              rate_wpm: 450
              speak_errors: false
              thinking_after_s: 0
              voice_servers:
                - url: tcp://127.0.0.1:10200
                - {url: "http://b:1", name: b, voice: v, speaker: s, languages: [en, zh-CN], model: m, sample_rate: 16000}
                - {url: unix:///run/p.sock, languages: de}
            playback:
              buffer_ms: 2000
              period_ms: 500
              ahead_s: 0.5
              longest_answer_min: 1.5
              earcons: true
            announcements: {chime: important, chime_file: /ding.wav, quiet_hours: 22:30-7:00, repeat_after_s: 0}
            conversation: {history_turns: 0}
            log: {level: trace}
            """)
        #expect(settings.model.url == "https://ai.example:8443/ollama")
        #expect(settings.model.provider == .ollamaGenerate)
        #expect(settings.model.name == "qwen3:1.7b")
        #expect(
            settings.model.fallbackServers == [
                FallbackServer(url: "http://other", provider: .openAI, name: "tiny"),
                FallbackServer(url: "192.168.1.20"),
            ])
        var second = VoiceServerEntry(url: "http://b:1")
        (second.name, second.voice, second.speaker, second.model) = ("b", "v", "s", "m")
        (second.languages, second.sampleRate) = (["en", "zh-CN"], 16_000)
        var third = VoiceServerEntry(url: "unix:///run/p.sock")
        third.languages = ["de"]
        #expect(settings.speech.voiceServers == [VoiceServerEntry(url: "tcp://127.0.0.1:10200"), second, third])
        #expect(settings.model.systemPrompt == "Be brief.\nBe kind.\n")
        #expect(
            settings.model.options == [
                "temperature": .number(0.7), "num_ctx": .integer(4096), "seed": "1",
                "stop": .array(["\n", "END"]), "use_mmap": true, "mirostat": "off",
            ])
        #expect(settings.model.keepAlive == .integer(-1))
        #expect(settings.model.thinking == .low)
        #expect(settings.model.connectTimeout == .milliseconds(500))
        #expect(settings.model.firstByteTimeout == nil)
        #expect(settings.model.demo == false)
        #expect(settings.language == "pt-BR")
        #expect(settings.text.codeBlocks == .silent)
        #expect(settings.text.sentenceEnds == .init(added: ["~", "；"], removed: ["!"]))
        #expect(settings.speech.voice == "cmn")
        #expect(settings.speech.rate == 450)
        #expect(settings.speech.speaksErrors == false)
        #expect(settings.speech.thinkingAfter == nil)
        #expect(settings.playback.earcons)
        #expect(settings.playback.buffer == .seconds(2))
        #expect(settings.playback.longestAnswer == .seconds(90))
        #expect(settings.announcements.chime == .important)
        #expect(settings.announcements.chimeFile == "/ding.wav")
        #expect(settings.announcements.quietHours == QuietHours("22:30-07:00"))
        #expect(settings.announcements.repeatAfter == nil)
        #expect(settings.conversation.historyTurns == 0)
        #expect(settings.log.level == .trace)
    }

    @Test(
        arguments: [
            ("\"\"", nil), ("10m", "10m"), ("\"1h30m\"", "1h30m"), ("-1.5s", "-1.5s"),
            ("300", .integer(300)), ("\"-1\"", .integer(-1)), ("0.5", .number(0.5)),
        ] as [(String, JSONValue?)])
    func `keep_alive is a Go duration, or a number even in quotes`(written: String, value: JSONValue?) throws {
        #expect(try load("model: {keep_alive: \(written)}").model.keepAlive == value)
    }

    @Test(
        arguments: [("auto", nil), ("true", .on), ("false", .off), ("high", .high)]
            as [(String, Think?)])
    func `think is sent only when it is set`(written: String, value: Think?) throws {
        #expect(try load("model: {think: \(written)}").model.thinking == value)
    }

    @Test func `Personas are merged into the existing ones, key by key`() throws {
        let settings = try load(
            """
            model: {persona: pirate}
            personas:
              assistant: {voice: en-gb}
              pirate:
                system_prompt: You are a pirate.
                template: "About {topic}: {prompt}"
                options: {temperature: 1}
            """)
        #expect(settings.personas["assistant"] == Settings.Persona(voice: "en-gb"))
        let template = try #require(PromptTemplate("About {topic}: {prompt}"))
        #expect(
            settings.personas["pirate"]
                == Settings.Persona(
                    systemPrompt: "You are a pirate.", template: template, options: ["temperature": .integer(1)]))
    }

    @Test(arguments: ["model:", "model: {}", "model: ~\npersonas:\n", "{}", "personas: {pirate: }"])
    func `A section may be empty`(yaml: String) throws {
        #expect(try load(yaml).model == Settings.Model())
    }

    @Test(arguments: [
        ("LANG", "de_DE.UTF-8", "de-DE"), ("LANG", "zh_CN.UTF-8", "zh-CN"), ("LANG", "ca_ES@valencia", "ca-ES"),
        ("LANG", "C.UTF-8", "en"), ("LC_ALL", "POSIX", "en"), ("LC_MESSAGES", "fr", "fr"), ("LANG", "", "en"),
    ])
    func `The language is the locale's if none is set`(variable: String, locale: String, tag: String) throws {
        #expect(try load(environment: [variable: locale]).language == tag)
        #expect(try load("text: {language: ja}", environment: [variable: locale]).language == "ja")
    }

    @Test func `LC_ALL takes precedence over LC_MESSAGES, and that over LANG`() throws {
        var environment = ["LANG": "de_DE", "LC_MESSAGES": "fr_FR", "LC_ALL": "it_IT"]
        #expect(try load(environment: environment).language == "it-IT")
        environment["LC_ALL"] = ""
        #expect(try load(environment: environment).language == "fr-FR")
    }
}
