// SPDX-License-Identifier: GPL-3.0-or-later

/// A voice server of the list `speech.voice_servers`.
package struct VoiceServerEntry: Sendable, Equatable {
    /// `tcp://HOST:PORT` or `unix:///PATH` for Wyoming, `http://HOST:PORT` or `https://…` for OpenAI's format.
    package var url: String
    /// Part of its voices' names; `nil`: the host's.
    package var name: String?
    /// `nil`: the server's own choice.
    package var voice: String?
    /// For a voice that has several.
    package var speaker: String?
    /// What the voice reads, as BCP 47 tags; empty: what the server says.
    package var languages: [String] = []
    /// OpenAI's format only.
    package var model: String?
    /// Of samples that come without a header, in OpenAI's format, in Hz.
    package var sampleRate = 24_000

    package init(url: String) {
        self.url = url
    }
}
