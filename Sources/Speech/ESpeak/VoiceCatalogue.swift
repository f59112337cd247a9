// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The installed voices, and how to find one.
struct VoiceCatalogue: Sendable {
    /// What a voice setting may name.
    enum Match: Hashable {
        /// A voice, by its name or identifier: exactly that one.
        case voice(Voice)
        /// A language, by its tag or name: the best voice for it.
        case language(String)
    }

    let voices: [Voice]
    /// The folder with a file for each variant.
    var variantFolder = ""

    /// The voice or language that `name` names, ignoring case; `nil` if there isn't one.
    ///
    /// Languages take precedence over file names: `cmn` means Mandarin, with a voice that can read it, and not the file
    /// of that name.
    func match(_ name: String) -> Match? {
        let name = name.lowercased()
        if let voice = voices.first(where: { $0.name.lowercased() == name || $0.identifier.lowercased() == name }) {
            return .voice(voice)
        }
        if ["zh", "zh-cn", "zh-tw"].contains(name)
            || voices.contains(where: { $0.languages.contains { $0.tag == name } })
        {
            return .language(name)
        }
        if let voice = voices.first(where: { $0.languageName.lowercased() == name }) {
            return .language(String(voice.language.prefix { $0 != "-" }))
        }
        return voices.first { $0.file.lowercased() == name }.map(Match.voice)
    }

    /// The best voice for a language tag: one for exactly that tag, else for the tag without its last parts (`fr-CA` →
    /// `fr`); `nil` if there isn't one. Not for Mandarin, for which the tag is not enough (``mandarin``).
    func voice(forLanguage tag: String) -> Voice? {
        var subtags = tag.lowercased().split(separator: "-")
        while !subtags.isEmpty {
            let tag = subtags.joined(separator: "-")
            // For plain `en`, eSpeak NG would choose British English.
            let wanted = tag == "en" ? "en-us" : tag
            if let voice = best(for: wanted) ?? best(for: tag) { return voice }
            subtags.removeLast()
        }
        return nil
    }

    private func best(for tag: String) -> Voice? {
        voices.compactMap { voice in
            voice.languages.first { $0.tag == tag }.map { (voice: voice, priority: $0.priority) }
        }.min { $0.priority < $1.priority }?.voice
    }

    /// The voice that reads Chinese as Mandarin; `nil` if there isn't one.
    ///
    /// 1.51's `cmn` turns the characters into pinyin and reads that as English, so `cmn-latn-pinyin` is preferred; 1.50
    /// has only `cmn`, which works there.
    var mandarin: Voice? {
        let voices = voices.filter { $0.language == "zh" || $0.language.hasPrefix("cmn") }
        return voices.first { $0.language.hasSuffix("-pinyin") } ?? voices.first
    }

    /// A voice for another language with the same script: it reads the letters, in its own way.
    func voice(for script: WritingSystem) -> Voice? {
        let voices = voices.filter { WritingSystem(language: $0.language) == script }
        return Self.widest.lazy.compactMap { tag in voices.first { $0.language == tag } }.first ?? voices.first
    }

    /// For each script, the languages with the most of its letters, or the most speakers.
    private static let widest = ["ru", "bg", "fa", "ar", "hi", "mr", "bn", "yue", "my"]

    /// Whether a tag means Mandarin in characters: `zh`, `zh-Hans`, `zh-TW`, `cmn` …, but not `zh-yue` (Cantonese), and
    /// not `cmn-latn-pinyin`, which names a single voice.
    static func isMandarin(_ tag: String) -> Bool {
        let subtags = tag.lowercased().split(separator: "-")
        guard let primary = subtags.first, primary == "zh" || primary == "cmn" else { return false }
        return !subtags.contains { $0 == "yue" || $0 == "hak" || $0 == "latn" }
    }

    /// The name that was probably meant by one that matches nothing.
    func nearest(to name: String) -> String? {
        let names = voices.flatMap { $0.languages.map(\.tag) + [$0.languageName, $0.name, $0.identifier, $0.file] }
        return names.nearest(to: name)
    }
}
