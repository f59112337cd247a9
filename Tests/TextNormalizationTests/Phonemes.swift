// SPDX-License-Identifier: GPL-3.0-or-later
import CESpeakNG
import Glibc
import Synchronization

/// eSpeak NG as a judge: two texts that it reads with the same phonemes sound the same.
enum Phonemes {
    /// eSpeak NG has one state for the whole process.
    private static let voice = Mutex<String?>(nil)
    private static let isInitialized =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, Int32(espeakINITIALIZE_DONT_EXIT)) > 0

    /// Whether tests can be judged here; where `UTTER_CI` is set, they must be.
    static let areAvailable = isInitialized || isRequired
    private static let isRequired = unsafe getenv("UTTER_CI") != nil

    /// The phonemes, clauses apart, without what differs by spelling alone: stress and the gaps between words.
    static func of(_ text: String, voice name: String) -> String {
        voice.withLock { voice in
            guard isInitialized else { return "eSpeak NG did not start" }
            if voice != name {
                guard unsafe espeak_SetVoiceByName(name) == EE_OK else { return "no voice \(name)" }
                voice = name
            }
            // In IPA the first and the fourth tone are written alike, so tones are compared in eSpeak's own names.
            let mode: Int32 = name.hasPrefix("cmn") ? 0 : 2
            return unsafe text.withCString { start in
                var place: UnsafeRawPointer? = unsafe UnsafeRawPointer(start)
                var clauses: [String] = []
                while unsafe place != nil {
                    guard let clause = unsafe espeak_TextToPhonemes(&place, utf8, mode) else { break }
                    let sounds = unsafe String(cString: clause).filter { !" ˈˌ_'\",|!%=".contains($0) }
                    if !sounds.isEmpty { clauses.append(sounds) }
                }
                return clauses.joined(separator: " / ")
            }
        }
    }

    private static let utf8: Int32 = 1
}
