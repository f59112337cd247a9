// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Settings

@Suite struct ProblemTests {
    @Test(arguments: [
        ("modle: {}", "1:1: unknown key \"modle\"; did you mean \"model\"?"),
        ("model:\n  nmae: x", "2:3: unknown key \"nmae\"; did you mean \"name\"?"),
        ("model:\n  colour: x", "2:3: unknown key \"colour\""),
        ("text: {voice: x}", "1:8: unknown key \"voice\"; it belongs in \"speech\""),
        ("rate_wpm: 170", "1:1: unknown key \"rate_wpm\"; it belongs in \"speech\""),
        ("personas: {a: {templat: x}}", "1:16: unknown key \"templat\"; did you mean \"template\"?"),
    ])
    func `An unknown key is named, with the nearest one that exists`(yaml: String, message: String) {
        #expect(problems(yaml) == "config.yaml:\(message)")
    }

    @Test(arguments: [
        ("just text", "1:1: must contain sections such as \"model:\", not \"just text\""),
        ("model: x", "1:8: model must be a map of keys, not \"x\""),
        ("personas: [a]", "1:11: personas must be a map of names, not a list"),
        ("personas: {\"a b\": {}}", "1:12: a persona's name must be a word"),
        ("speech: {rate_wpm: fast}", "1:20: speech.rate_wpm must be a whole number from 80 to 450, not \"fast\""),
        (
            "speech: {rate_wpm: \"170\"}",
            "1:20: speech.rate_wpm must be a whole number from 80 to 450, not the text \"170\""
        ),
        ("speech: {rate_wpm: 451}", "1:20: speech.rate_wpm must be a whole number from 80 to 450, not \"451\""),
        ("speech: {rate_wpm: 170.5}", "1:20: speech.rate_wpm must be a whole number from 80 to 450, not \"170.5\""),
        ("speech: {rate_wpm: }", "1:20: speech.rate_wpm must be a whole number from 80 to 450, not nothing"),
        ("speech: {pitch: -1}", "1:17: speech.pitch must be a whole number from 0 to 99, not \"-1\""),
        ("speech: {speak_errors: yes}", "1:24: speech.speak_errors must be true or false, not \"yes\""),
        (
            "server: {listen: [\"127.0.0.1:80\", 18978]}",
            "1:35: server.listen must be a list of addresses with their ports, such as 127.0.0.1:8473 or [::1]:8473, "
                + "not \"18978\""
        ),
        ("speech: {voice: [en]}", "1:17: speech.voice must be auto or text of one line, not a list"),
        (
            "speech: {voice: \"a\\u001bb\"}",
            "1:17: speech.voice must be auto or text of one line, not the text \"a\\u001Bb\""
        ),
        (
            "announcements: {quiet_hours: 22-7}",
            "1:30: announcements.quiet_hours must be \"\" or hours such as \"22:00-07:00\", not \"22-7\""
        ),
        (
            "announcements: {quiet_hours: 07:00-07:00}",
            "1:30: announcements.quiet_hours must be \"\" or hours such as \"22:00-07:00\", not \"07:00-07:00\""
        ),
        ("playback: {device: \"\"}", "1:20: playback.device must be text of one line, not the text \"\""),
        (
            "model: {fallback_servers: [{url: a, key: b}]}",
            "1:37: model.fallback_servers has only the keys url, provider and name, not \"key\""
        ),
        ("model: {fallback_servers: [{name: a}]}", "1:28: model.fallback_servers needs the url of each server"),
        (
            "speech: {voice_servers: [{url: \"tcp://a\", pitch: 1}]}",
            "1:43: speech.voice_servers has only the keys url, name, voice, speaker, languages, model and sample_rate, not \"pitch\""
        ),
        (
            "speech: {voice_servers: [{url: \"a:1\"}]}",
            "1:26: speech.voice_servers needs the url of each server, which begins with tcp://, unix://, http:// or https://"
        ),
        (
            "speech: {voice_servers: [{name: a}]}",
            "1:26: speech.voice_servers needs the url of each server, which begins with tcp://, unix://, http:// or https://"
        ),
        (
            "speech: {voice_servers: [{url: \"tcp://a\", name: a/b}]}",
            "1:26: speech.voice_servers can't have a server with the name \"a/b\""
        ),
        (
            "speech: {voice_servers: [{url: \"tcp://a\", name: a}, {url: \"tcp://b\", name: a}]}",
            "1:53: speech.voice_servers needs a different name for each server"
        ),
        (
            "speech: {voice_servers: [{url: \"tcp://a\", sample_rate: 4000}]}",
            "1:56: speech.voice_servers must be a whole number from 8000 to 48000, not \"4000\""
        ),
        ("playback: {ahead_s: nan}", "1:21: playback.ahead_s must be a number from 0.5 to 30, not \"nan\""),
        ("playback: {ahead_s: 0x2}", "1:21: playback.ahead_s must be a number from 0.5 to 30, not \"0x2\""),
        ("model: {idle_timeout_s: 0}", "1:25: model.idle_timeout_s must be a number from 1 to 3600, not \"0\""),
        (
            "model: {provider: olama}",
            "1:19: model.provider must be demo, ollama, ollama-generate, openai or anthropic, not \"olama\"; did you mean \"ollama\"?"
        ),
        (
            "model: {keep_alive: 10 minutes}",
            "1:21: model.keep_alive must be \"\" or a time such as 10m or 1h30m, or a number of seconds, not \"10 minutes\""
        ),
        (
            "model: {think: maybe}",
            "1:16: model.think must be auto, true, false, low, medium, high or max, not \"maybe\""
        ),
        (
            "model: {options: {a: {b: 1}}}",
            "1:22: model.options must be a map of names to numbers, texts, true, false or lists, not a map"
        ),
        ("model: {options: [1]}", "1:18: model.options must be a map of names to values, not a list"),
        (
            "model: {options: {a: }}",
            "1:22: model.options must be a map of names to numbers, texts, true, false or lists, not nothing"
        ),
        (
            "text: {language: en_US}",
            "1:18: text.language must be auto or a language tag such as en, zh or pt-BR, not \"en_US\""
        ),
        ("text: {sentence_ends: {more: x}}", "1:24: text.sentence_ends has only the keys add and remove, not \"more\""),
        (
            "text: {sentence_ends: {add: \"a b\"}}",
            "1:29: text.sentence_ends must be characters without spaces, not the text \"a b\""
        ),
        (
            "personas: {a: {template: Hello}}",
            "1:26: personas.a.template must be text that contains {prompt}, names in braces, and {{ or }} for a brace, "
                + "not \"Hello\""
        ),
    ])
    func `A value that doesn't fit is named, with what would`(yaml: String, message: String) {
        #expect(problems(yaml) == "config.yaml:\(message)")
    }

    @Test(arguments: [
        (
            "playback: {buffer_ms: 100, period_ms: 60}",
            "1:39: playback.period_ms must be at most half of playback.buffer_ms"
        ),
        ("playback: {buffer_ms: 90}", "1:23: playback.period_ms must be at most half of playback.buffer_ms"),
        ("model: {persona: asistant}", "1:18: no persona is called \"asistant\"; did you mean \"assistant\"?"),
    ])
    func `Values that contradict each other are named`(yaml: String, message: String) {
        #expect(problems(yaml) == "config.yaml:\(message)")
    }

    @Test func `All problems are reported at once, in the order of the file`() {
        let yaml = "model:\n  nmae: x\n  think: 3\nspeech:\n  pitch: high\nmore: 1\n"
        #expect(
            problems(yaml, environment: ["UTTER_SPEECH_VOLUME": "loud"]) == """
                config.yaml:2:3: unknown key "nmae"; did you mean "name"?
                config.yaml:3:10: model.think must be auto, true, false, low, medium, high or max, not "3"
                config.yaml:5:10: speech.pitch must be a whole number from 0 to 99, not "high"
                config.yaml:6:1: unknown key "more"
                UTTER_SPEECH_VOLUME: must be a whole number from 0 to 200, not "loud"
                """)
    }

    @Test func `A long value is shortened in the message`() throws {
        let message = try #require(problems("log: {level: \(String(repeating: "x", count: 500))}"))
        #expect(message.count < 200)
    }
}
