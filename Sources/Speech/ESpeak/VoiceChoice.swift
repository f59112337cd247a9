// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// Which voice reads which language, for one set of parameters.
struct VoiceChoice: Sendable {
    /// The voice chosen for a language.
    struct Choice: Sendable, Equatable {
        var voice: Voice
        /// The name for eSpeak NG: the identifier and the variant.
        var name: String
        /// Whether it replaces a voice that is not installed.
        var isSubstitute: Bool

        /// The script that the voice can read.
        var script: WritingSystem { WritingSystem(language: voice.language) }
    }

    private let catalogue: VoiceCatalogue
    /// The voice that the parameters name; `nil` for `auto`.
    private let named: Voice?
    private let latin: Voice
    private let latinTag: String
    /// Including its `+`; or empty.
    private let variant: String

    /// - Parameters:
    ///   - variants: returns the variants that may follow a voice after `+`; only called if there is one.
    /// - Throws: `Fault(.voiceUnknown)` if the parameters name a voice, variant or language that is not installed.
    init(_ parameters: VoiceParameters, catalogue: VoiceCatalogue, variants: () -> [String]) throws(Fault) {
        let parts = parameters.voice.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? ""
        let variant = parts.dropFirst().first.map(String.init)
        if let variant, !variants().contains(variant) {
            throw Fault.unknownVoice(
                parameters.voice, nearest: variants().nearest(to: variant).map { "\(name)+\($0)" })
        }
        self.variant = variant.map { "+\($0)" } ?? ""
        self.catalogue = catalogue
        latinTag = parameters.language.lowercased()
        guard let latin = catalogue.voice(forLanguage: latinTag) else {
            throw Fault.unknownVoice(parameters.language, nearest: catalogue.nearest(to: latinTag))
        }
        self.latin = latin
        named =
            switch catalogue.match(name) {
            case _ where name.lowercased() == "auto": nil
            case .voice(let voice): voice
            case .language(let tag) where VoiceCatalogue.isMandarin(tag): catalogue.mandarin
            case .language(let tag): catalogue.voice(forLanguage: tag)
            case nil: throw Fault.unknownVoice(name, nearest: catalogue.nearest(to: name))
            }
    }

    /// Returns the voice for a run.
    ///
    /// - Parameter tag: the run's language, as a BCP 47 tag.
    func choice(for tag: String) -> Choice {
        let tag = tag.lowercased()
        let script = WritingSystem(language: tag)
        if let named, WritingSystem(language: named.language) == script { return choose(named) }
        // `en` without an accent means the configured one.
        if latinTag.hasPrefix(tag + "-") { return choose(latin) }
        let voice = VoiceCatalogue.isMandarin(tag) ? catalogue.mandarin : catalogue.voice(forLanguage: tag)
        return choose(voice, substitute: script == .latin ? latin : catalogue.voice(for: script))
    }

    /// If no voice reads a text, the Latin voice reads at least its numbers.
    private func choose(_ voice: Voice?, substitute: Voice? = nil) -> Choice {
        let chosen = voice ?? substitute ?? latin
        return Choice(voice: chosen, name: chosen.identifier + variant, isSubstitute: voice == nil)
    }
}

extension Fault {
    fileprivate static func unknownVoice(_ name: String, nearest: String?) -> Fault {
        let hint = nearest.map { " Did you mean \($0)?" } ?? ""
        return Fault(.voiceUnknown, "There is no voice or language “\(name)”.\(hint) `utter voices` lists them all.")
    }
}
