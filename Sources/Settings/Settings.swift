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
    package var announcements = Announcements()
    package var conversation = Conversation()
    package var server = Server()
    package var wyoming = Wyoming()
    package var mqtt = MQTT()
    package var log = Log()

    /// The file that was read; `nil` if there wasn't one.
    package var file: String?
    /// Where each key was set, by its path such as `model.url`. Contains only keys that were set.
    package var origins: [String: Place] = [:]
    /// `OLLAMA_HOST` from the environment; `nil` if it is unset or blank.
    package var ollamaHost: String?
    /// The language of the user's locale, as a BCP 47 tag; `en` if it has none.
    package var localeLanguage = "en"

    package init() {}

    /// Whether the user chose a model server in any way. Then its failure is an error, and the demo doesn't answer.
    package var namesServer: Bool {
        model.url != nil || !model.fallbackServers.isEmpty || model.provider != Model().provider || ollamaHost != nil
    }

    /// The language of text that doesn't show its own, as a BCP 47 tag: the configured one, or else the locale's.
    package var language: String {
        text.language ?? localeLanguage
    }
}

extension Settings {
    /// The model server, and how to ask it.
    package struct Model: Sendable, Equatable {
        /// `nil`: the provider's default, `OLLAMA_HOST`, or else this machine.
        package var url: String?
        /// `nil`: the built-in demo.
        package var provider: Provider? = .ollama
        /// `nil`: one of the installed models.
        package var name: String?
        /// Servers that answer while the one above doesn't, best first.
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
        /// Whether the built-in demo may answer if neither a server nor a model was named, until a server does.
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
        /// Servers that speak where they can, best first.
        package var voiceServers: [VoiceServerEntry] = []
        /// Words per minute.
        package var rate = 175
        /// 0 to 99; 50 is the voice's default.
        package var pitch = 50
        /// In percent.
        package var volume = 100
        package var wordGap = Duration.zero
        package var speaksErrors = true
        /// After this much silence, the listener is told to wait; `nil`: never.
        package var thinkingAfter: Duration? = .seconds(10)
    }

    /// The sound device, and how far ahead of the listener the voice works.
    package struct Playback: Sendable, Equatable {
        /// An ALSA name.
        package var device = "default"
        /// ALSA names, best first.
        package var fallbackDevices: [String] = []
        package var deviceWait = Duration.seconds(30)
        package var buffer = Duration.milliseconds(200)
        package var period = Duration.milliseconds(50)
        package var leadIn = Duration.zero
        package var sentencePause = Duration.milliseconds(200)
        package var clausePause = Duration.milliseconds(100)
        package var paragraphPause = Duration.milliseconds(400)
        /// A piece is only synthesized when at most this much sound is ahead of the listener.
        package var ahead = Duration.seconds(2)
        package var keepOpen = Duration.milliseconds(2000)
        package var longestAnswer = Duration.seconds(15 * 60)
        /// Whether short sounds signal that the model is thinking and that something failed.
        package var earcons = false
    }

    /// When announcements are said, and how they begin.
    package struct Announcements: Sendable, Equatable {
        package var chime = ChimeUse.off
        /// A WAV file; `nil`: the built-in chime.
        package var chimeFile: String?
        /// `nil`: never.
        package var quietHours: QuietHours?
        /// How long after it was heard the same text is not said again; `nil`: it always is.
        package var repeatAfter: Duration? = .seconds(2)
    }

    /// What the model is told about the conversation so far.
    package struct Conversation: Sendable, Equatable {
        package var historyTurns = 10
        package var historyTokens = 2000
        /// The daemon forgets a conversation after this much time without a question.
        package var expiry = Duration.seconds(3600)
        /// The file for conversations, so that they survive a restart; `nil`: one in systemd's state folder, or else
        /// none.
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
        /// Origins of web pages, such as `https://home.example`, in addition to the daemon's own.
        package var allowedOrigins: [String] = []
        /// Addresses and networks, such as `192.168.1.0/24`, that don't need a token. This machine only needs one if it
        /// is set.
        package var allowedNetworks: [String] = []
        /// Names by which it may be reached, in addition to its addresses and `localhost`.
        package var allowedHosts: [String] = []
        /// The most requests that may speak or wait.
        package var queueLength = 16
        package var longestPromptCharacters = 20_000
        /// From one address.
        package var requestsPerSecond = 20
        /// Whether programs written for Ollama can use the daemon in its place.
        package var offersOllama = false
    }
}

extension Settings.Server.Endpoint: CustomStringConvertible {
    /// Parses `HOST:PORT`; an IPv6 address is in brackets.
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
