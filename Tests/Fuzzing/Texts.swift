// SPDX-License-Identifier: GPL-3.0-or-later
import Sentences
import Utterance

/// A model's text, from its bytes to the pieces that are spoken: once as it is, and once as words and spaces whose
/// letters must all be spoken.
func fuzzText(_ bytes: [UInt8]) {
    var whole = StreamingUTF8()
    let text = whole.decode(bytes) + whole.finish()
    for size in [1, bytes.anySize] {
        var decoder = StreamingUTF8()
        var decoded = ""
        for part in bytes.parts(of: size) { decoded += decoder.decode(part) }
        decoded += decoder.finish()
        check(decoded == text && decoder.sawInvalid == whole.sawInvalid, "UTF-8 in parts of \(size)")
    }
    fuzzPieces(text)
    fuzzPlainText(bytes)
}

/// However the text is split, the same is said; pieces are in order and within bounds.
private func fuzzPieces(_ text: String) {
    let options = TextOptions(longestPiece: 80)
    let whole = events(of: [text], options)
    for size in [1, text.utf8.anySize] {
        let cut = events(of: text.fragments(of: size), options)
        check(
            cut.pieces == whole.pieces,
            "in parts of \(size): \(cut.pieces.map(\.text)), not \(whole.pieces.map(\.text))")
        check(cut.text == whole.text, "the text itself, in parts of \(size)")
    }
    checkPieces(whole, limit: 81)
    checkPieces(liveEvents(of: text.fragments(of: text.utf8.anySize), options), limit: 81)
}

/// Text without Markdown: every letter and digit is in some piece, in order, whether live or not.
private func fuzzPlainText(_ bytes: [UInt8]) {
    let parts = [
        "a", "The", "Dr", "U.S", "e.g", "3", "14", "word", "No", "über", "Привет", "你好", "こんにちは", "안녕", "e\u{301}",
        ".", "!", "?", "…", "。", "！", ",", "，", ":", ";", " ", " ", " ", " ", "\n\n", "“", "”", "p.m.", "z. B.", "說",
    ]
    let text = bytes.map { parts[Int($0) % parts.count] }.joined()
    let expected = text.lettersAndDigits
    let options = TextOptions(longestPiece: 80)
    for events in [
        events(of: [text], options), liveEvents(of: text.fragments(of: bytes.anySize), options),
    ] {
        let said = events.pieces.map(\.text).joined().lettersAndDigits
        check(said == expected, "lost of \(text.debugDescription): said \(said.debugDescription)")
    }
}

private func events(of fragments: [String], _ options: TextOptions) -> [SentenceEvent] {
    var stream = SentenceStream(options)
    let now = Moment(sinceZero: .zero)
    return fragments.flatMap { stream.append($0, at: now, ahead: nil) } + stream.finish(at: now)
}

/// The events for a listener who is waiting: text that arrives slowly is cut early.
private func liveEvents(of fragments: [String], _ options: TextOptions) -> [SentenceEvent] {
    var stream = SentenceStream(options)
    var now = Moment(sinceZero: .zero)
    var events: [SentenceEvent] = []
    for fragment in fragments {
        now = now.advanced(by: .milliseconds(40))
        events += stream.append(fragment, at: now, ahead: .zero)
        if let wakeAt = stream.wakeAt, fragment.utf8.count % 3 == 0 {
            now = max(now, wakeAt)
            events += stream.poll(at: now, ahead: .zero)
        }
    }
    return events + stream.finish(at: now)
}

private func checkPieces(_ events: [SentenceEvent], limit: Int) {
    var end = 0
    for (index, piece) in events.pieces.enumerated() {
        check(piece.index == index, "piece \(piece.index) in place of \(index)")
        check(piece.source.lowerBound >= end, "\(piece.text.debugDescription) overlaps the piece before it")
        end = piece.source.upperBound
        check(piece.text.unicodeScalars.count <= limit, "\(piece.text.debugDescription) is too long")
        let spoken = piece.spoken
        checkPrintable(spoken)
        var last = Alignment.Anchor(spoken: 0, source: piece.source.lowerBound)
        for anchor in piece.alignment.anchors {
            check(
                anchor.spoken >= last.spoken && anchor.source >= last.source,
                "the anchors of \(piece.text.debugDescription)")
            last = anchor
        }
        check(last.spoken == spoken.utf8.count, "the anchors of \(spoken.debugDescription) end at \(last.spoken)")
        check(last.source == piece.source.upperBound, "the anchors of \(piece.text.debugDescription) end elsewhere")
    }
}

extension [SentenceEvent] {
    fileprivate var pieces: [Piece] { compactMap { if case .piece(let piece) = $0 { piece } else { nil } } }

    fileprivate var text: String { compactMap { if case .text(let text) = $0 { text } else { nil } }.joined() }
}

extension String {
    fileprivate func fragments(of size: Int) -> [String] {
        Array(unicodeScalars).parts(of: size).map { String(String.UnicodeScalarView($0)) }
    }

    fileprivate var lettersAndDigits: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }
}
