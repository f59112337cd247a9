// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Knows which voices can be had, without a call to eSpeak NG.
package struct KnownVoices: Sendable {
    let catalogue: VoiceCatalogue
    let variants: [String]

    /// In the order in which `utter voices` lists them.
    package var all: [Voice] { catalogue.voices }

    /// - Parameter name: as ``VoiceParameters/voice`` takes it.
    /// - Throws: `Fault(.voiceUnknown)` naming the nearest that is known.
    package func check(_ name: String) throws {
        _ = try VoiceChoice(VoiceParameters(voice: name), catalogue: catalogue, variants: { variants })
    }
}

extension Synthesizer {
    /// The voices that are installed.
    package static func knownVoices() throws -> KnownVoices {
        let library = try ESpeak.start()
        return KnownVoices(catalogue: library.catalogue, variants: library.variants)
    }
}
