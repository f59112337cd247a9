// SPDX-License-Identifier: GPL-3.0-or-later
import Speech

/// eSpeak NG as a judge: two texts that it reads with the same phonemes sound the same.
enum Phonemes {
    /// In eSpeak NG's own names (IPA writes the first and the fourth tone of Mandarin alike), without what differs only
    /// by spelling: stress, the gaps between words, and how clearly a consonant is said ("t2").
    ///
    /// - Parameter language: a BCP 47 tag; its voice reads the text.
    static func of(_ text: String, language: String, isPinyin: Bool = false) async throws -> String {
        let engine = try await ESpeakEngine.start()
        let phonemes = try await engine.phonemes(of: text, language: language, isPinyin: isPinyin)
        return phonemes.filter { !" ˈˌ_'\",|!%=:#".contains($0) }.replacing("t2", with: "t")
    }
}
