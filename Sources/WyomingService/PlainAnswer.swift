// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Utterance

/// An answer as a reader sees it, without Markdown: another program speaks it, which would read the asterisks aloud.
struct PlainAnswer {
    let text: String

    init(_ answer: String, _ options: TextOptions) {
        var stream = SentenceStream(options)
        let start = Moment(sinceZero: .zero)
        let bytes = Array(answer.utf8)
        var text = ""
        var last: Piece?
        for event in stream.append(answer, at: start, ahead: nil) + stream.finish(at: start) {
            guard case .piece(let piece) = event else { continue }
            if let last { text += Self.separator(last, piece, bytes) }
            text += piece.text
            last = piece
        }
        self.text = text
    }

    /// A newline between paragraphs and items; a space where the answer has whitespace, which Chinese doesn't.
    private static func separator(_ piece: Piece, _ next: Piece, _ bytes: [UInt8]) -> String {
        let isLine = [piece, next].contains { $0.kind == .item || $0.kind == .heading }
        if isLine || piece.boundary == .paragraph || next.opensParagraph { return "\n" }
        let start = max(0, piece.source.upperBound - 1)
        let end = min(bytes.count, next.source.lowerBound + 1)
        let isBlank = start < end && bytes[start..<end].contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
        return isBlank ? " " : ""
    }
}
