// SPDX-License-Identifier: GPL-3.0-or-later
package import Speech
package import Utterance

/// Which voices read a piece, by name; asks the synthesizer once for each language.
package struct VoiceNames: Sendable {
    private let synthesizer: Synthesizer
    private var known: [String: String] = [:]

    package init(_ synthesizer: Synthesizer) {
        self.synthesizer = synthesizer
    }

    /// The voices in the order in which they first speak, such as `en-us` or `cmn-latn-pinyin, en-us`.
    package mutating func names(for runs: [SpokenRun]) async -> String {
        var names: [String] = []
        for run in runs {
            let name = await name(forLanguage: run.language)
            if !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: ", ")
    }

    private mutating func name(forLanguage language: String) async -> String {
        if let name = known[language] { return name }
        let name = await synthesizer.voice(forLanguage: language).language
        known[language] = name
        return name
    }
}
