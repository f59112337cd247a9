// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Settings {
    /// All keys except those of personas, in the order of the file.
    static let sections: [Section] = [
        Section(
            "model", "The model server.",
            [
                Field(
                    "url", \.model.url, .optional(.name, none: ""),
                    "Address of the server; \"\" is the provider's default, or OLLAMA_HOST, or http://127.0.0.1:11434"),
                Field(
                    "provider", \.model.provider, .optional(.choice, none: "demo"),
                    "The server's protocol, or the built-in demo"),
                Field(
                    "name", \.model.name, .optional(.name, none: ""),
                    "The model's name on the server; \"\" chooses one that is installed"),
                Field(
                    "fallback_servers", \.model.fallbackServers, .fallbackServers,
                    "Servers that answer while that one doesn't, best first, such as "
                        + "[{url: \"http://192.168.1.20:11434\", provider: ollama, name: llama3.2}]"),
                Field(
                    "system_prompt", \.model.systemPrompt, .optional(.text, none: ""),
                    "The system prompt; \"\" asks for short answers in a spoken style, in "
                        + "the language of the question"
                ),
                Field(
                    "options", \.model.options, .options,
                    "Passed on to the server unchanged, such as {temperature: 0.7, num_ctx: 4096}"),
                Field(
                    "keep_alive", \.model.keepAlive, .optional(.keepAlive, none: ""),
                    "How long the server keeps the model loaded after an answer: 10m, 1h30m, a number of seconds, "
                        + "or -1 for no limit; \"\" leaves it to the server"
                ),
                Field(
                    "think", \.model.thinking, .optional(.choice, none: "auto"),
                    "Whether a reasoning model thinks first, and how much; its thoughts are never spoken"),
                Field(
                    "connect_timeout_s", \.model.connectTimeout, .time(.seconds, in: 0.1...300),
                    "Longest wait for a connection"),
                Field(
                    "first_byte_timeout_s", \.model.firstByteTimeout, .limit(.seconds, upTo: 86_400),
                    "Longest wait for the first word; loading a large model takes minutes; 0 waits forever"),
                Field(
                    "idle_timeout_s", \.model.idleTimeout, .time(.seconds, in: 1...3_600),
                    "Longest silence in the middle of an answer"),
                Field(
                    "demo", \.model.demo, .flag,
                    "Whether the demo answers if no server or model is set, until a server does"),
                Field("persona", \.model.persona, .name, "One of the personas below"),
                Field(
                    "preload", \.model.preload, .flag,
                    "Whether `utter serve` loads the model when it starts, so that the first answer is quick"),
            ]),
        Section(
            "text", "How the model's text becomes speech.",
            [
                Field(
                    "language", \.text.language, .optional(.languageTag, none: "auto"),
                    "Language of text in Latin letters, such as en, de or pt-BR; auto is the locale's"
                ),
                Field(
                    "longest_piece_characters", \.text.longestPieceCharacters, .integer(in: 40...300),
                    "A sentence longer than this is spoken in parts"),
                Field(
                    "code_blocks", \.text.codeBlocks, .choice,
                    "Code blocks: replaced by a short spoken note, left out, or read aloud"),
                Field("tables", \.text.tables, .choice, "The same for tables"),
                Field(
                    "sentence_ends", \.text.sentenceEnds, .sentenceEnds,
                    "More characters that end a sentence, such as {add: \"~\"}, and usual ones that don't"
                ),
            ]),
        Section(
            "speech", "The voice: eSpeak NG's, or those of voice servers.",
            [
                Field(
                    "voice", \.speech.voice, .optional(.name, none: "auto"),
                    "A voice's name (`utter voices` lists them); auto chooses one for each language"
                ),
                Field(
                    "voice_servers", \.speech.voiceServers, .voiceServers,
                    "Servers with natural voices, best first, such as [{url: \"tcp://127.0.0.1:10200\", name: piper, "
                        + "voice: en_US-joe-medium}]; eSpeak NG speaks what they can't (docs/voices.md)"),
                Field("rate_wpm", \.speech.rate, .integer(in: VoiceRanges.rate), "Speed, in words per minute"),
                Field(
                    "pitch", \.speech.pitch, .integer(in: VoiceRanges.pitch),
                    "Pitch of eSpeak NG's voices; 50 is the voice's default"),
                Field(
                    "volume", \.speech.volume, .integer(in: VoiceRanges.volume),
                    "Loudness in percent; above 100, sound may be distorted"),
                Field(
                    "word_gap_ms", \.speech.wordGap, .time(.milliseconds, in: 0...500),
                    "Pause between words, in addition to the voice's own"),
                Field(
                    "speak_errors", \.speech.speaksErrors, .flag,
                    "Whether failures are also spoken; the same one at most once a minute"),
                Field(
                    "thinking_after_s", \.speech.thinkingAfter, .limit(.seconds, upTo: 3_600),
                    "After this long in silence, \"Still thinking\" is said in the question's language, and again after "
                        + "twice that time; 0 is never"
                ),
            ]),
        Section(
            "playback", "The sound device.",
            [
                Field("device", \.playback.device, .name, "An ALSA device (`utter devices` lists them)"),
                Field(
                    "device_wait_s", \.playback.deviceWait, .time(.seconds, in: 0...600),
                    "How long an answer waits for a device that is unplugged or in use; it then continues where it was cut "
                        + "off"
                ),
                Field(
                    "fallback_devices", \.playback.fallbackDevices, .devices,
                    "Devices that take over after that, best first, such as [\"plughw:CARD=PCH,DEV=0\"], until the "
                        + "first one is back"
                ),
                Field(
                    "buffer_ms", \.playback.buffer, .time(.milliseconds, in: 40...2_000),
                    "Size of the device's buffer; more helps on a busy machine, and causes no delay"),
                Field(
                    "period_ms", \.playback.period, .time(.milliseconds, in: 10...500),
                    "How much of it is refilled at a time; at most half of buffer_ms"),
                Field(
                    "lead_in_ms", \.playback.leadIn, .time(.milliseconds, in: 0...5_000),
                    "Silence before the first sound after the device is opened, for speakers that swallow sound while they "
                        + "wake up, as over HDMI or Bluetooth"
                ),
                Field(
                    "sentence_pause_ms", \.playback.sentencePause, .time(.milliseconds, in: 0...5_000),
                    "Shortest silence between two sentences"),
                Field(
                    "clause_pause_ms", \.playback.clausePause, .time(.milliseconds, in: 0...5_000),
                    "Shortest silence between two parts of a sentence"),
                Field(
                    "paragraph_pause_ms", \.playback.paragraphPause, .time(.milliseconds, in: 0...5_000),
                    "Shortest silence between two paragraphs"),
                Field(
                    "ahead_s", \.playback.ahead, .time(.seconds, in: 0.5...30),
                    "Sound synthesized ahead of the listener; the next piece waits until no more than this is ahead"),
                Field(
                    "keep_open_ms", \.playback.keepOpen, .time(.milliseconds, in: 0...600_000),
                    "How long the device stays open after the last sound"),
                Field(
                    "longest_answer_min", \.playback.longestAnswer, .time(.minutes, in: 0.1...1_440),
                    "An answer ends when it has been spoken for this long"),
                Field(
                    "earcons", \.playback.earcons, .flag,
                    "Whether short sounds signal that the model is thinking (after a second of silence) and that "
                        + "something failed"
                ),
            ]),
        Section(
            "announcements",
            "Texts that programs make the daemon say, with `utter say` and the like, but not questions and their answers.",
            [
                Field(
                    "chime", \.announcements.chime, .choice,
                    "Which announcements a chime precedes; all excludes progress messages"),
                Field(
                    "chime_file", \.announcements.chimeFile, .optional(.name, none: ""),
                    "A WAV file with the chime: 16 bit, at most 5 seconds; \"\" is a built-in sound"),
                Field(
                    "quiet_hours", \.announcements.quietHours, .optional(.quietHours, none: ""),
                    "When only important ones are said, such as \"22:00-07:00\" in local time; \"\" means never"),
                Field(
                    "repeat_after_s", \.announcements.repeatAfter, .limit(.seconds, upTo: 3_600),
                    "For how long after it was heard the same text is not said again; with 0, it always is"),
            ]),
        Section(
            "conversation", "What the model is told about the conversation so far.",
            [
                Field(
                    "history_turns", \.conversation.historyTurns, .integer(in: 0...1_000),
                    "How many questions, with their answers, are kept"),
                Field(
                    "history_tokens", \.conversation.historyTokens, .integer(in: 0...1_000_000),
                    "How many tokens of them are kept, as estimated"),
                Field(
                    "expire_min", \.conversation.expiry, .time(.minutes, in: 1...525_600),
                    "`utter serve` deletes a conversation that has been idle for this long"),
                Field(
                    "file", \.conversation.file, .optional(.name, none: ""),
                    "File in which `utter serve` keeps conversations across restarts; \"\" is conversations.json in "
                        + "systemd's state folder, or memory only if there is none; off is memory only"),
            ]),
        Section(
            "server",
            "How `utter serve` is reached. Its token is in UTTER_SERVER_TOKEN or in systemd's credential "
                + "server-token, never here.",
            [
                Field(
                    "listen", \.server.listen, .endpoints,
                    "Addresses for HTTP, [] for none; all but loopback addresses need a token or allowed_networks"),
                Field(
                    "socket", \.server.socket, .socket,
                    "Unix socket for programs on this machine; \"\" is utter/utter.sock in XDG_RUNTIME_DIR or /run, "
                        + "off is none"),
                Field(
                    "allowed_networks", \.server.allowedNetworks, .networks,
                    "Networks that need no token, such as [192.168.1.0/24]; this machine doesn't need one if no token is set"
                ),
                Field(
                    "allowed_hosts", \.server.allowedHosts, .hostNames,
                    "Host names by which it is reached, such as [speaker.local], in addition to its addresses and localhost"
                ),
                Field(
                    "allowed_origins", \.server.allowedOrigins, .origins,
                    "Origins of other web pages that may use it, such as [\"https://home.example\"]"),
                Field(
                    "queue_length", \.server.queueLength, .integer(in: 1...1_000),
                    "How many requests may be speaking or waiting; more are rejected"),
                Field(
                    "longest_prompt_characters", \.server.longestPromptCharacters, .integer(in: 100...1_000_000),
                    "A longer question or text is rejected"),
                Field(
                    "requests_per_s", \.server.requestsPerSecond, .integer(in: 1...10_000),
                    "Requests per second that one client address may send; more are rejected"),
                Field(
                    "ollama_api", \.server.offersOllama, .flag,
                    "Whether programs written for Ollama can use the daemon instead: answers are passed through "
                        + "and spoken"),
            ]),
        .wyoming,
        .mqtt,
        Section(
            "log", "Messages on standard error.",
            [Field("level", \.log.level, .choice, "The least important messages to show")]),
    ]

    static let introduction = [
        "Utter's settings: every key with its default and a comment.",
        "",
        "Read from --config FILE, else $UTTER_CONFIG, else $XDG_CONFIG_HOME/utter/config.yaml",
        "(~/.config/utter/config.yaml), else /etc/utter/config.yaml; keys that are left out have their",
        "defaults. Each can also be set in the environment, as UTTER_ with section and key, such as",
        "UTTER_MODEL_URL; command-line options override both. `utter config check` says what is wrong",
        "with a file; `utter config show` shows the settings in effect and where they come from.",
    ]

    static let personasComment =
        "System prompts, templates, options and voices, chosen with model.persona or --persona. Change them or add your own: "
        + "keys that are left out have the values shown in assistant."

    /// The keys of a persona.
    static let personaFields: [Field<Persona>] = [
        Field(
            "system_prompt", \.systemPrompt, .optional(.text, none: ""),
            "The system prompt; \"\" is model.system_prompt"),
        Field(
            "system_prompt_zh", \.chineseSystemPrompt, .optional(.text, none: ""),
            "The same for questions in Chinese; \"\" is system_prompt"),
        Field(
            "template", \.template, .template,
            "What is sent: {prompt} is the question, other names in braces are values given with --set, as "
                + "in \"About {topic}: {prompt}\", {{ and }} for braces"),
        Field("options", \.options, .options, "Added to model.options, which they override"),
        Field("voice", \.voice, .optional(.name, none: ""), "A voice's name; \"\" is speech.voice"),
    ]
}

extension Settings {
    /// Keys that a running daemon can't apply, in addition to all of `server`, `wyoming` and `mqtt`: what is open stays open.
    private static let fixedKeys: Set = [
        "playback.device", "playback.device_wait_s", "playback.fallback_devices", "playback.buffer_ms",
        "playback.period_ms", "playback.lead_in_ms", "playback.keep_open_ms", "conversation.file",
        "log.level", "speech.voice_servers",
    ]

    /// The keys in which `other` differs and that a running daemon applies only after a restart.
    package func keysForRestart(changedIn other: Settings) -> [String] {
        Self.sections.flatMap { section in
            section.fields.compactMap { field in
                let path = section.path(field)
                guard ["server", "wyoming", "mqtt"].contains(section.name) || Self.fixedKeys.contains(path) else {
                    return nil
                }
                return field.write(self) == field.write(other) ? nil : path
            }
        }
    }
}
