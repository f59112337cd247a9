// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// All settings with their defaults: `config.yaml` and the environment as Swift types.
///
/// The keys, their ranges and comments are in ``sections``.
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
    /// Where each key was set, by its path such as `model.url`; only keys that were set.
    package var origins: [String: Place] = [:]
    /// `OLLAMA_HOST` in the environment; `nil` if it is unset or blank.
    package var ollamaHost: String?
    /// The language of the user's locale, as a BCP 47 tag; `en` if it names none.
    package var localeLanguage = "en"

    package init() {}

    /// Whether the user chose a model server in any way: then its failure is an error, and the demo doesn't answer.
    package var namesServer: Bool {
        model.url != nil || !model.fallbackServers.isEmpty || model.provider != Model().provider || ollamaHost != nil
    }

    /// The language of text that doesn't show its own, as a BCP 47 tag: the one set, or else the locale's.
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
        /// They answer while the server above doesn't, the best first.
        package var fallbackServers: [FallbackServer] = []
        /// `nil`: the built-in one.
        package var systemPrompt: String?
        package var options: [String: JSONValue] = [:]
        /// `nil`: the server's default.
        package var keepAlive: JSONValue? = .string("10m")
        /// `nil`: not sent.
        package var thinking: Think?
        package var connectTimeout = Duration.seconds(5)
        /// `nil`: wait forever.
        package var firstByteTimeout: Duration? = .seconds(600)
        package var idleTimeout = Duration.seconds(60)
        /// Whether the built-in demo may answer where no server and no model was named, until a server does.
        package var demo = true
        /// A name in ``Settings/personas``.
        package var persona = "assistant"
        /// Whether the daemon loads the model before anybody asks.
        package var preload = true
    }

    /// How the model's text becomes speech.
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
        /// They speak where they can, the best first.
        package var voiceServers: [VoiceServerEntry] = []
        /// Words a minute.
        package var rate = 175
        /// 0 to 99, 50 is the voice's own.
        package var pitch = 50
        /// Percent.
        package var volume = 100
        package var wordGap = Duration.zero
        package var speaksErrors = true
        /// After this long in silence, the listener is told to wait; `nil`: never.
        package var thinkingAfter: Duration? = .seconds(10)
    }

    /// The sound device, and how far ahead of the listener the voice works.
    package struct Playback: Sendable, Equatable {
        /// An ALSA name.
        package var device = "default"
        /// ALSA names, the best first.
        package var fallbackDevices: [String] = []
        package var deviceWait = Duration.seconds(30)
        package var buffer = Duration.milliseconds(200)
        package var period = Duration.milliseconds(50)
        package var leadIn = Duration.zero
        package var sentencePause = Duration.milliseconds(200)
        package var clausePause = Duration.milliseconds(100)
        package var paragraphPause = Duration.milliseconds(400)
        /// A piece is synthesized only when at most this much sound lies ahead.
        package var ahead = Duration.seconds(2)
        package var keepOpen = Duration.milliseconds(2000)
        package var longestAnswer = Duration.seconds(15 * 60)
        /// Short sounds signal that the model thinks and that something failed.
        package var earcons = false
    }

    /// What the model is told of the conversation so far.
    package struct Conversation: Sendable, Equatable {
        package var historyTurns = 10
        package var historyTokens = 2000
        /// The daemon forgets a conversation after this long without a question.
        package var expiry = Duration.seconds(3600)
        /// The file for conversations, so that they survive a restart; `nil`: none.
        package var file: String?
    }

    package struct Log: Sendable, Equatable {
        /// From the most verbose to the quietest.
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

extension Settings {
    /// How the daemon is reached, and its limits.
    package struct Server: Sendable, Equatable {
        /// An address and port to listen on.
        package struct Endpoint: Sendable, Hashable {
            /// A name or a numeric address, IPv6 without brackets.
            package var host: String
            /// 0 lets the system choose.
            package var port: UInt16

            package init(host: String, port: UInt16) {
                self.host = host
                self.port = port
            }
        }

        /// The unix socket for programs on this machine.
        package enum Socket: Sendable, Hashable {
            /// `utter/utter.sock` in `$XDG_RUNTIME_DIR`, or else in `/run`.
            case usual
            case off
            case path(String)
        }

        package var listen = [Endpoint(host: "127.0.0.1", port: 8473)]
        package var socket = Socket.usual
        /// Origins of web pages, such as `https://home.example`, besides the daemon's own.
        package var allowedOrigins: [String] = []
        /// Addresses and networks, such as `192.168.1.0/24`, that need no token; this machine needs it if one is set.
        package var allowedNetworks: [String] = []
        /// Names by which it may be reached, besides its addresses and `localhost`.
        package var allowedHosts: [String] = []
        /// The most requests that speak or wait.
        package var queueLength = 16
        package var longestPromptCharacters = 20_000
        /// From one address.
        package var requestsPerSecond = 20
        /// Whether programs written for Ollama can use the daemon in its place.
        package var offersOllama = false
    }
}

extension Settings.Server.Endpoint: CustomStringConvertible {
    /// `HOST:PORT`, an IPv6 address in brackets.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.isIPv6Address else { return nil }
        } else {
            guard host.isHostName else { return nil }
        }
        self.init(host: host, port: port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
