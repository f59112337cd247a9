// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Turns a piece's text into what is spoken: runs of one language each, with numbers, symbols and abbreviations in
/// words.
///
/// What eSpeak NG reads well is left to it. The text shown never changes.
package struct SpeechText: Sendable {
    /// The language for text without letters, at this position in the answer.
    private var answer: AnswerLanguage
    private let languages: ScriptLanguages
    /// The rules for Latin text.
    private let latin: CompiledRules?

    /// - Parameter answer: the language for numbers and symbols before the answer's first letter; also holds the
    ///   language of Latin text. Han is Chinese unless there is kana nearby.
    package init(_ answer: AnswerLanguage) {
        self.answer = answer
        languages = answer.languages
        latin = CompiledRules.of(languages.latin)
    }

    /// BCP 47 tag of the answer's language so far, as ``AnswerLanguage`` determines it.
    package var language: String { answer.current }

    /// Returns what a voice reads for the answer's next piece, and how that maps back to the source. There are no
    /// runs if there is nothing to say.
    package mutating func speak(_ text: MappedText) -> (runs: [SpokenRun], alignment: Alignment) {
        if let run = plainRun(text.text) { return ([run], Alignment(anchors: text.anchors)) }
        let clean = CleanText(text.text)
        var out = SpokenText(clean)
        var runs: [SpokenRun] = []
        for run in ScriptRuns(of: clean, in: &answer).runs {
            let start = out.bytes.count
            out = read(run, of: clean, after: consume out)
            out.endRun()
            runs.append(SpokenRun(language: run.language, text: String(decoding: out.bytes[start...], as: UTF8.self)))
        }
        return (runs, out.finish().composed(with: text.anchors))
    }

    /// The only run of a text that is spoken byte for byte as written.
    private mutating func plainRun(_ text: String) -> SpokenRun? {
        switch PlainText(text) {
        case .latin(let letters):
            answer.count(letters, of: .latin)
            return SpokenRun(language: languages.latin, text: text)
        case .han(let characters):
            answer.count(characters, of: .han)
            return SpokenRun(language: languages.plainHan, text: text)
        case nil: return nil
        }
    }

    /// Speaks a run, after what was spoken before it.
    private func read(_ run: ScriptRun, of text: CleanText, after spoken: consuming SpokenText) -> SpokenText {
        let isLatin = run.language == languages.latin
        if !isLatin, run.isChinese {
            spoken.isSpaced = false
            spoken = ChineseReader(text, range: run.range, out: spoken).read()
        } else if let compiled = isLatin ? latin : CompiledRules.of(run.language) {
            spoken.isSpaced = !compiled.rules.words.isSpaceless
            spoken = RunReader(text, range: run.range, compiled: compiled, out: spoken).read()
        } else {
            spoken.copy(run.range)
        }
        return spoken
    }
}
