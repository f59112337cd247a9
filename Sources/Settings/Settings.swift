// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Everything that a user can set, with the defaults: `config.yaml` and the environment in Swift's types.
///
/// The keys, their ranges and comments stand in ``sections``.
package struct Settings: Sendable, Equatable {
    package var model = Model()
    package var personas = Persona.shipped
    package var text = Text()
    package var speech = Speech()
    package var playback = Playback()
    package var conversation = Conversation()
    package var server = Server()
    package var log = Log()

    /// The file that was read; `nil` if there is none.
    package var file: String?
    /// Where each key that was set was set, by its path such as `model.url`.
    package var origins: [String: Place] = [:]
    /// `OLLAMA_HOST` as it stands in the environment; `nil` if it is unset or blank.
    package var ollamaHost: String?
    /// The language of the user's locale, as a BCP 47 tag; `en` where it names none.
    package var localeLanguage = "en"

    package init() {}

    /// Whether the user chose a model server in any way: then its failure is an error, not a reason for the demo.
    package var namesServer: Bool {
        model.url != nil || model.provider != Model().provider || ollamaHost != nil
    }

    /// The language of text that does not show its own: the one set, or else the locale's. A BCP 47 tag.
    package var language: String {
        text.language ?? localeLanguage
    }
}

extension Settings {
    /// The model server and what it is asked for.
    package struct Model: Sendable, Equatable {
        /// `nil`: the provider's own, `OLLAMA_HOST`, or else this machine.
        package var url: String?
        /// `nil`: the built-in demo.
        package var provider: Provider? = .ollama
        /// `nil`: one that is installed.
        package var name: String?
        /// `nil`: the built-in one.
        package var systemPrompt: String?
        package var options: [String: JSONValue] = [:]
        /// `nil`: the server's own habit.
        package var keepAlive: JSONValue? = .string("10m")
        /// `nil`: not sent.
        package var thinking: Think?
        package var connectTimeout = Duration.seconds(5)
        /// `nil`: wait for ever.
        package var firstByteTimeout: Duration? = .seconds(600)
        package var idleTimeout = Duration.seconds(60)
        /// Whether the built-in demo may answer where no server was named and none answers.
        package var demo = true
        /// A name in ``Settings/personas``.
        package var persona = "assistant"
        /// Whether the daemon has the model loaded before anybody asks.
        package var preload = true
    }

    /// From the model's text to what is said.
    package struct Text: Sendable, Equatable {
        /// A BCP 47 tag; `nil`: the locale's.
        package var language: String?
        package var longestPieceCharacters = 300
        package var codeBlocks = SkippedContent.note
        package var tables = SkippedContent.note
        package var sentenceEnds = SentenceEnds()
    }

    /// The voice.
    package struct Speech: Sendable, Equatable {
        /// A voice's name; `nil`: one for the language of each stretch of text.
        package var voice: String?
        /// Words a minute.
        package var rate = 175
        /// 0 to 99, 50 is the voice's own.
        package var pitch = 50
        /// Percent.
        package var volume = 100
        package var wordGap = Duration.zero
        package var speaksErrors = true
        /// After so long without anything to hear the listener is told to wait; `nil`: never.
        package var thinkingAfter: Duration? = .seconds(10)
    }

    /// The sound device, and how far ahead of the listener the voice works.
    package struct Playback: Sendable, Equatable {
        /// An ALSA name.
        package var device = "default"
        package var buffer = Duration.milliseconds(200)
        package var period = Duration.milliseconds(50)
        package var sentencePause = Duration.milliseconds(200)
        package var clausePause = Duration.milliseconds(100)
        package var paragraphPause = Duration.milliseconds(400)
        /// A piece is synthesized only when at most this much sound lies ahead.
        package var ahead = Duration.seconds(2)
        package var keepOpen = Duration.milliseconds(2000)
        package var longestAnswer = Duration.seconds(15 * 60)
        /// Short sounds tell that the model thinks and that something failed.
        package var earcons = false
    }

    /// What the model is told of the conversation so far.
    package struct Conversation: Sendable, Equatable {
        package var historyTurns = 10
        package var historyTokens = 2000
        /// The daemon forgets a conversation after this long without a question.
        package var expiry = Duration.seconds(3600)
        /// Where the daemon keeps its conversations over a restart; `nil`: nowhere.
        package var file: String?
    }

    package struct Log: Sendable, Equatable {
        /// From the most talkative to the quietest.
        package enum Level: String, Sendable, CaseIterable {
            case trace
            case debug
            case info
            case notice
            case warning
            case error
        }

        package var level = Level.notice
    }
}
