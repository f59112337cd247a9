// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Turns a piece's text into what is spoken: runs of one language each, with figures, signs and abbreviations in words.
///
/// What eSpeak NG reads well is left to it. The text shown never changes.
package struct SpeechText: Sendable {
    private let languages: ScriptLanguages
    /// The rules of Latin text.
    private let latin: Rulebook?

    /// - Parameter language: BCP 47 tag of Latin text that says nothing else, such as `en`. Han is Chinese unless kana
    ///   is near.
    package init(language: String) {
        languages = ScriptLanguages(configured: language)
        latin = Rulebook.of(languages.latin)
    }

    /// What a voice reads for `text`, and how that maps back to the source. No runs if there is nothing to say.
    package func speak(_ text: MappedText) -> (runs: [SpokenRun], alignment: Alignment) {
        if let run = plainRun(text.text) { return ([run], Alignment(anchors: text.anchors)) }
        let clean = CleanText(text.text)
        var out = SpokenText(clean)
        var runs: [SpokenRun] = []
        for run in ScriptRuns(of: clean, languages: languages).runs() {
            let start = out.bytes.count
            out = read(run, of: clean, after: consume out)
            out.endRun()
            runs.append(SpokenRun(language: run.language, text: String(decoding: out.bytes[start...], as: UTF8.self)))
        }
        return (runs, out.finish().composed(with: text.anchors))
    }

    /// The language that most of a text is in, as a BCP 47 tag.
    package func mainLanguage(of text: String) -> String {
        ScriptRuns(of: CleanText(text), languages: languages).mainLanguage
    }

    /// The one run of a text in which every byte is spoken in its place.
    private func plainRun(_ text: String) -> SpokenRun? {
        switch PlainText(text) {
        case .latin: return SpokenRun(language: languages.latin, text: text)
        case .han: return SpokenRun(language: languages.plainHan, text: text)
        case nil: return nil
        }
    }

    /// Speaks a run after what was spoken before it.
    private func read(_ run: ScriptRun, of text: CleanText, after spoken: consuming SpokenText) -> SpokenText {
        let isLatin = run.language == languages.latin
        if !isLatin, run.isChinese {
            spoken.isSpaced = false
            spoken = ChineseReader(text, range: run.range, out: spoken).read()
        } else if let book = isLatin ? latin : Rulebook.of(run.language) {
            spoken.isSpaced = !book.rules.words.isSpaceless
            spoken = RunReader(text, range: run.range, book: book, out: spoken).read()
        } else {
            spoken.copy(run.range)
        }
        return spoken
    }
}
