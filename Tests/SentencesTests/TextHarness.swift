// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Utterance

/// The pieces of `text`, given whole or in fragments of `chunk` scalars, for output that is not live.
func pieces(_ text: String, chunk: Int? = nil, _ options: TextOptions = TextOptions()) -> [Piece] {
    var stream = SentenceStream(options)
    let now = Moment(sinceZero: .zero)
    var events: [SentenceEvent] = []
    for fragment in text.fragments(of: chunk) { events += stream.append(fragment, at: now, ahead: nil) }
    events += stream.finish(at: now)
    return events.pieces
}

/// The displayed text of each piece of `text`.
func texts(_ text: String, chunk: Int? = nil, _ options: TextOptions = TextOptions()) -> [String] {
    pieces(text, chunk: chunk, options).map(\.text)
}

extension [SentenceEvent] {
    var pieces: [Piece] {
        compactMap { if case .piece(let piece) = $0 { piece } else { nil } }
    }

    /// The answer's text.
    var text: String {
        compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }
}

extension String {
    /// The text without spaces and line breaks at either end.
    var trimmed: String {
        let blanks: Set<Character> = [" ", "\n", "\r\n"]
        return String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
    }

    /// The text in fragments of `size` scalars, or as a whole.
    func fragments(of size: Int?) -> [String] {
        guard let size else { return [self] }
        var fragments: [String] = []
        var rest = unicodeScalars[...]
        while !rest.isEmpty {
            fragments.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return fragments
    }
}

extension Piece {
    /// The piece in one line, for messages.
    var summary: String {
        "\(index) \(kind.rawValue)/\(boundary) \(source) \(text.debugDescription)"
            + " \(alignment.anchors.map { "\($0.spoken):\($0.source)" })"
    }
}
