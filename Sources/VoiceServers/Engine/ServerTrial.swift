// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension VoiceServer {
    /// Asks for the voices.
    ///
    /// - Throws: ``VoiceServerFailure``, which is `late` after `limit`; `CancellationError`.
    package func voices(within limit: Duration) async throws -> [ServerVoice] {
        let known = KnownServer(self, clock: MonotonicClock())
        try await known.list(within: limit)
        return known.voices
    }

    /// Has a word spoken.
    ///
    /// - Returns: the languages that the voice reads; empty if they are not known.
    /// - Throws: as ``voices(within:)``.
    package func trial(within limit: Duration) async throws -> [String] {
        let known = KnownServer(self, clock: MonotonicClock())
        // Not all servers have a list.
        do { try await known.list(within: limit) } catch VoiceServerFailure.malformed, VoiceServerFailure.rejected {}
        _ = try await known.fetch(known.greeting, voice: voice, within: limit)
        return known.languages
    }
}

extension ServerVoice {
    /// Whether the voice reads a language, given by its tag.
    package func reads(_ tag: String) -> Bool { knownLanguages.contains { $0.reads(tag) } }

    /// Whether anything tells what it reads.
    package var hasKnownLanguage: Bool { !knownLanguages.isEmpty }
}
