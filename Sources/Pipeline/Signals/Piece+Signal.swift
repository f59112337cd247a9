// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

extension Piece {
    /// A signal on its way to the listener.
    ///
    /// - Parameters:
    ///   - number: which of the answer's signals it is, from 0.
    ///   - sentence: what is said; `nil`: it is the signal's earcon.
    ///   - end: UTF-8 offset in the answer's text before which all has been said by then.
    init(_ signal: AudibleSignal, number: Int, saying sentence: (text: String, language: String)? = nil, at end: Int) {
        let text = sentence?.text ?? ""
        self.init(
            index: -1 - number, signal: signal, kind: .note, text: text,
            runs: sentence.map { [SpokenRun(language: $0.language, text: $0.text)] } ?? [],
            boundary: sentence == nil ? .clause : .paragraph, source: end..<end,
            alignment: Alignment(anchors: [.init(spoken: 0, source: end), .init(spoken: text.utf8.count, source: end)]))
    }
}
