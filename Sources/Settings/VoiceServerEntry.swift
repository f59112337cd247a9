// SPDX-License-Identifier: GPL-3.0-or-later

/// A voice server in the list `speech.voice_servers`.
package struct VoiceServerEntry: Sendable, Equatable {
    /// `tcp://HOST:PORT` or `unix:///PATH` for Wyoming, `http://HOST:PORT` or `https://…` for OpenAI's format.
    package var url: String
    /// Part of its voices' names; `nil`: its host.
    package var name: String?
    /// `nil`: the server's default.
    package var voice: String?
    /// For a voice with several speakers.
    package var speaker: String?
    /// What the voice reads, as BCP 47 tags; empty: what the server reports.
    package var languages: [String] = []
    /// Only for OpenAI's format.
    package var model: String?
    /// For samples without a header, in OpenAI's format, in Hz.
    package var sampleRate = 24_000

    package init(url: String) {
        self.url = url
    }
}
