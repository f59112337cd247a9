// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Turns a piece's text into what is spoken: runs of one language each, with figures, signs and abbreviations in words.
///
/// What eSpeak NG reads well is left to it. The text shown never changes.
package struct SpeechText: Sendable {
    private let languages: ScriptLanguages

    /// - Parameter language: BCP 47 tag of Latin text that says nothing else, such as `en`. Han is Chinese unless kana
    ///   is near.
    package init(language: String) {
        languages = ScriptLanguages(configured: language)
    }

    /// What a voice reads for `text`, and how that maps back to the source. No runs if there is nothing to say.
    package func speak(_ text: MappedText) -> (runs: [SpokenRun], alignment: Alignment) {
        if let run = plainRun(text.text) { return ([run], Alignment(anchors: text.anchors)) }
        let clean = CleanText(text.text)
        let out = SpokenText(clean)
        var runs: [SpokenRun] = []
        for run in ScriptRuns(of: clean, languages: languages).runs() {
            let start = out.bytes.count
            read(run, of: clean, into: out)
            out.endRun()
            runs.append(SpokenRun(language: run.language, text: String(decoding: out.bytes[start...], as: UTF8.self)))
        }
        return (runs, out.finish().composed(with: text.anchors))
    }

    /// The one run of a text in which every byte is spoken in its place.
    private func plainRun(_ text: String) -> SpokenRun? {
        switch PlainText(text) {
        case .latin: return SpokenRun(language: languages.latin, text: text)
        case .han:
            let language = languages.plainHan
            guard ScriptRun.isChinese(language) else { return SpokenRun(language: language, text: text) }
            return SpokenRun(language: language, text: ChineseReadings.common.applied(to: text))
        case nil: return nil
        }
    }

    private func read(_ run: ScriptRun, of text: CleanText, into out: SpokenText) {
        if run.isChinese {
            out.isSpaced = false
            var reader = ChineseReader(text, range: run.range, out: out)
            let start = out.bytes.count
            reader.read()
            out.change { ChineseReadings.common.apply(to: &$0, from: start) }
        } else if let rules = ReadingRules.of(run.language) {
            out.isSpaced = !rules.isSpaceless
            var reader = RunReader(text, range: run.range, rules: rules, out: out)
            reader.read()
        } else {
            out.copy(run.range)
        }
    }
}
