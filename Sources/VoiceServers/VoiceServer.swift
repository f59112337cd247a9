// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTP

/// A program that turns text into speech for other programs, and how to use it.
package struct VoiceServer: Sendable, Hashable {
    /// The protocol that it speaks.
    package enum Interface: Sendable, Hashable {
        case wyoming(HTTPServer)
        /// `/v1/audio/speech`; the address of the version, such as `http://127.0.0.1:8880/v1`.
        case openAI(HTTPURL, key: String?, model: String, rate: Int)
    }

    /// Part of its voices' names: `piper/en_US-joe-medium`.
    package var name: String
    package var interface: Interface
    /// As the user wrote it.
    package var address: String
    /// The voice that is asked for; `nil`: the server's own choice.
    package var voice: String?
    /// The speaker of a voice that has several.
    package var speaker: String?
    /// What the voice reads, as BCP 47 tags; empty: what the server says.
    package var languages: [String]
    /// The HTTP proxy for requests in OpenAI's format; `nil`: none.
    package var proxy: HTTPServer?
    /// How long connecting may take.
    package var connectLimit = Duration.seconds(1)

    package init(
        name: String, interface: Interface, address: String, voice: String? = nil, speaker: String? = nil,
        languages: [String] = [], proxy: HTTPServer? = nil
    ) {
        self.name = name
        self.interface = interface
        self.address = address
        self.voice = voice
        self.speaker = speaker
        self.languages = languages.map(\.languageTag)
        self.proxy = proxy
    }

    /// Asks for the voices.
    ///
    /// - Throws: ``VoiceServerFailure``, `CancellationError`.
    package func describe() async throws -> [ServerVoice] {
        try await mappingFailures {
            switch interface {
            case .wyoming(let server): try await wyoming(server).describe()
            case .openAI(let url, let key, _, _): try await openAI(url, key).voices()
            }
        }
    }

    /// Has a text spoken, and returns when all of its sound has come.
    ///
    /// - Parameters:
    ///   - voice: by its name; `nil`: the server's own choice.
    ///   - limit: the longest sound that the text can have.
    /// - Throws: ``VoiceServerFailure``, `CancellationError`.
    func sound(of text: String, voice: String?, limit: Duration) async throws -> ServedSound {
        try await mappingFailures {
            switch interface {
            case .wyoming(let server):
                return try await wyoming(server).sound(
                    of: text, voice: voice, speaker: voice == self.voice ? speaker : nil, limit: limit)
            case .openAI(let url, let key, let model, let rate):
                return try await openAI(url, key).sound(
                    of: text, voice: voice, model: model, rate: rate, limit: limit)
            }
        }
    }

    private func wyoming(_ server: HTTPServer) -> Wyoming {
        Wyoming(server: server, connectLimit: connectLimit)
    }

    private func openAI(_ url: HTTPURL, _ key: String?) -> OpenAISpeech {
        OpenAISpeech(base: url, key: key, proxy: proxy, connectLimit: connectLimit)
    }

    private func mappingFailures<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch {
            try Task.checkCancellation()
            if error is CancellationError { throw error }
            throw VoiceServerFailure(error)
        }
    }
}
