// SPDX-License-Identifier: GPL-3.0-or-later
import TextNormalization
package import Utterance

/// Turns a stream of a model's text into the pieces to be said.
///
/// Pure and synchronous: text, the time, and the amount of buffered sound go in; pieces, and the next time to poll,
/// come out. For output that is not live, the pieces never depend on how the text was split into fragments.
package struct SentenceStream: Sendable {
    /// Text is processed in stretches of this many bytes, so that memory doesn't depend on the size of a fragment.
    private static let stretch = 4_096

    private let options: TextOptions
    private var speech: SpeechText
    private var terminal = TerminalText()
    private var filter = ReasoningFilter()
    private var reader: MarkupReader
    private var scanner: SentenceScanner
    private var plain = PlainText()
    private var pacer = Pacer()
    private var offsets: OffsetMap
    /// The beginning of the text that is not part of a piece yet.
    private var start = 0
    private var index = 0
    /// Whether the last piece was cut before the end of its sentence.
    private var isWithinSentence = false
    /// Whether the last piece ended where a sentence most probably ends: its closing marks may still come.
    private var mayClose = false
    /// Whether a paragraph has begun since the last piece.
    private var opensParagraph = false

    package init(_ options: TextOptions) {
        self.options = options
        let language = AnswerLanguage(configured: options.language, question: options.question)
        speech = SpeechText(language)
        reader = MarkupReader(options: options, language: language)
        scanner = SentenceScanner(options: options)
        offsets = OffsetMap(base: options.offsets)
    }

    /// Appends text.
    ///
    /// - Parameter ahead: how much sound the listener has yet to hear: waiting pieces, the ring, the device. `nil` for
    ///   output that is not live (files, stdout): then only certain sentences count, whatever the time.
    package mutating func append(_ fragment: String, at now: Moment, ahead: Duration?) -> [SentenceEvent] {
        var events: [SentenceEvent] = []
        let bytes = Array(fragment.utf8)
        pacer.textCame(at: now)
        if let ahead { pacer.update(ahead: ahead, at: now) }
        var position = 0
        while position < bytes.count {
            var end = min(position + Self.stretch, bytes.count)
            while end < bytes.count, UTF8Form.isContinuation(bytes[end]) { end += 1 }
            let stretch = position == 0 && end == bytes.count ? bytes : Array(bytes[position..<end])
            if let offset = terminal.pass(stretch) {
                offsets.noteText(stretch.count, from: offset)
                take(filter.append(stretch[...]), at: now, into: &events)
            } else {
                take(terminal.append(stretch), at: now, into: &events)
            }
            position = end
        }
        if ahead != nil { pace(at: now, into: &events) }
        return events
    }

    /// To be called at ``wakeAt``, and when `ahead` has shrunk by more than the time that passed.
    package mutating func poll(at now: Moment, ahead: Duration?) -> [SentenceEvent] {
        guard let ahead else { return [] }
        var events: [SentenceEvent] = []
        pacer.update(ahead: ahead, at: now)
        pace(at: now, into: &events)
        return events
    }

    /// Ends the text, and returns what is left.
    package mutating func finish(at now: Moment) -> [SentenceEvent] {
        var events: [SentenceEvent] = []
        take(terminal.finish(), at: now, into: &events)
        take(filter.finish(), at: now, into: &events)
        advance(at: now, final: true, into: &events)
        emit(upTo: plain.end, .sentence, kind: scanner.kind, at: now, into: &events)
        return events
    }

    /// When to poll even if no text comes; `nil`: only when text comes.
    package var wakeAt: Moment? { pacer.wakeAt }

    /// BCP 47 tag of the answer's language so far; before its first letter, that of the question, else the configured
    /// one.
    package var language: String { speech.language }
}

extension SentenceStream {
    private mutating func take(
        _ outputs: [TerminalText.Output], at now: Moment, into events: inout [SentenceEvent]
    ) {
        for output in outputs {
            switch output {
            case .text(let bytes, let offset):
                offsets.noteText(bytes.count, from: offset)
                take(filter.append(bytes), at: now, into: &events)
            case .erase(let start):
                filter.erase(from: start)
                let place = offsets.answerOffset(of: start)
                reader.erase(from: place)
                reader.count(plain)
                guard plain.erase(from: place, notBefore: self.start) else { continue }
                reader.goBack(to: plain.end)
                scanner.goBack(to: plain.end)
            }
        }
    }

    private mutating func take(
        _ outputs: [ReasoningFilter.Output], at now: Moment, into events: inout [SentenceEvent]
    ) {
        for output in outputs {
            switch output {
            case .reasoning: events.append(.reasoning)
            case .discard:
                events.append(.discard)
                plain.restart(at: offsets.end)
                let language = AnswerLanguage(configured: options.language, question: options.question)
                speech = SpeechText(language)
                reader.restart(at: offsets.end, language)
                scanner.restart(at: plain.end)
                start = plain.end
                isWithinSentence = false
                mayClose = false
                opensParagraph = false
            case .text(let bytes, let offset):
                events.append(.text(String(decoding: bytes, as: UTF8.self)))
                offsets.append(bytes.count, from: offset)
                reader.append(bytes)
                advance(at: now, final: false, into: &events)
            }
        }
    }

    /// Reads what has arrived, and yields the sentences that are certain.
    private mutating func advance(at now: Moment, final: Bool, into events: inout [SentenceEvent]) {
        reader.read(into: &plain, final: final)
        if mayClose { skipClosers() }
        while let find = scanner.next(in: &plain, final: final) {
            switch find {
            case .boundary(let found):
                emit(upTo: found.end, found.boundary, kind: found.kind, at: now, into: &events)
            case .runOn: cutRunOn(upTo: scanner.cursor, at: now, into: &events)
            }
        }
    }

    private mutating func pace(at now: Moment, into events: inout [SentenceEvent]) {
        while true {
            let rest = Pacer.Rest(
                range: min(start, plain.end)..<plain.end, endsInBlank: plain.endsInBlank,
                likelyEnd: scanner.likelyEnd(in: plain))
            switch pacer.cut(rest, plain.bytes, at: now) {
            case .sentence(let end):
                emit(upTo: end, .sentence, kind: scanner.kind, at: now, into: &events)
                mayClose = true
            case .clause(let end):
                emit(upTo: end, .clause, kind: .clause, at: now, into: &events)
            case nil: return
            }
        }
    }

    /// Leaves out the closing marks of a sentence that was already passed on.
    private mutating func skipClosers() {
        while start < plain.end {
            // « Bonjour ! »
            if plain.bytes[start] == 0x20, plain.bytes.has("»", at: start + 1) {
                guard start + 3 < plain.end else { return }
                if !plain.bytes[start + 3].isWordByte {
                    start += 3
                    scanner.begin(at: start, continues: false)
                    continue
                }
            }
            guard scanner.belongsToEnd(plain.bytes.scalar(at: start)) else {
                mayClose = false
                return
            }
            start += UTF8Form.length(lead: plain.bytes[start])
            scanner.begin(at: start, continues: false)
        }
    }

    /// Cuts text that is longer than a piece may be, if it is certain that no sentence ended earlier.
    private mutating func cutRunOn(upTo end: Int, at now: Moment, into events: inout [SentenceEvent]) {
        // A character weighs at most 4 per 3 bytes.
        while (end - start) * 4 > options.longestPiece * 3 {
            let limit = plain.bytes.offset(atWeight: options.longestPiece, in: start..<end)
            guard limit < end else { return }
            give(upTo: Clauses.cut(in: start..<limit, plain.bytes), .clause, kind: .clause, at: now, into: &events)
        }
    }

    private mutating func emit(
        upTo end: Int, _ boundary: Piece.Boundary, kind: Piece.Kind, at now: Moment,
        into events: inout [SentenceEvent]
    ) {
        cutRunOn(upTo: end, at: now, into: &events)
        let isPart = isWithinSentence && (kind == .sentence || kind == .item)
        give(upTo: end, boundary, kind: isPart ? .clause : kind, at: now, into: &events)
    }

    /// Makes a piece of the text before `end`, if there is anything to say.
    private mutating func give(
        upTo end: Int, _ boundary: Piece.Boundary, kind: Piece.Kind, at now: Moment,
        into events: inout [SentenceEvent]
    ) {
        var range = min(start, end)..<end
        while let first = range.first, plain.bytes[first] == 0x20 { range = first + 1..<range.upperBound }
        while let last = range.last, plain.bytes[last] == 0x20 { range = range.lowerBound..<last }
        isWithinSentence = boundary == .clause
        mayClose = false
        opensParagraph = opensParagraph || scanner.opensParagraph
        start = end
        scanner.begin(at: end, continues: boundary == .clause)
        reader.count(plain)
        defer { plain.drop(before: end) }
        guard plain.bytes.isSpeakable(range) else { return }
        defer { opensParagraph = false }
        let text = offsets.mapped(plain.mapped(range))
        let said = plain.spoken(range).map { offsets.mapped($0) } ?? text
        let (runs, alignment) = speech.speak(said)
        let source = (text.anchors.first?.source ?? 0)..<(text.anchors.last?.source ?? 0)
        events.append(
            .piece(
                Piece(
                    index: index, kind: kind, text: text.text, runs: runs, boundary: boundary,
                    opensParagraph: opensParagraph, source: source, alignment: alignment)))
        index += 1
        pacer.pieceLeft(weight: plain.bytes.weight(of: range), at: now)
    }
}

extension ByteWindow {
    /// Whether there is a letter or a digit in `range`, that is, anything to say.
    func isSpeakable(_ range: Range<Int>) -> Bool {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = self[offset]
            if byte.isDigit || byte.isASCIILetter { return true }
            if byte >= 0x80 {
                let properties = scalar(at: offset).properties
                if properties.isAlphabetic || properties.numericType != nil { return true }
            }
            offset += UTF8Form.length(lead: byte)
        }
        return false
    }
}
