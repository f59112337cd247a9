// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// Shows an answer on a terminal, and marks the part that was heard.
struct HeardPresenter: AnswerPresenting {
    private let status: StatusLine
    private let awaited: String
    private let size: @Sendable () -> TerminalSize
    private let write: @Sendable (String) throws -> Void
    private var text: HeardText
    private var hasText = false
    /// Where each unheard piece ends in the text.
    private var pieceEnds: [Int: Int] = [:]
    /// The whole range of each piece that is only named, such as a table; all of it is marked.
    private var notes: [Int: Range<Int>] = [:]
    /// Shown at the end, so that they don't interrupt the text.
    private var heldBack: [Notice] = []
    private var said: Set<String> = []
    /// Drawn at the end, if requested.
    private var timeline: Timeline?
    /// Whether this is an answer in a chat: then a status shows how much was heard, and an empty row follows.
    private let isInChat: Bool
    private var pieces = 0

    init(
        status: StatusLine, awaited: String, timeline: Timeline? = nil, isInChat: Bool = false,
        size: @escaping @Sendable () -> TerminalSize = { .current },
        write: @escaping @Sendable (String) throws -> Void = Console.write
    ) {
        self.status = status
        self.awaited = awaited
        self.timeline = timeline
        self.isInChat = isInChat
        self.size = size
        self.write = write
        text = HeardText(size: size())
    }

    mutating func show(_ event: Event) throws {
        timeline?.add(event)
        switch event.kind {
        case .accepted: status.wait(for: StatusText().waiting(for: awaited))
        case .thinking where !hasText: status.wait(for: StatusText().thinking(awaited))
        case .text(let more):
            if !hasText { status.clear() }
            hasText = true
            try write(text.append(more, size: size()))
        case .piece(let piece):
            pieceEnds[piece.index] = piece.end
            pieces = max(pieces, piece.index + 1)
            if text.isNote(piece.text, at: piece.start..<piece.end) { notes[piece.index] = piece.start..<piece.end }
        case .soundStart(let index) where isInChat && index >= 0:
            status.show(StatusText().speaking(index, of: pieces, columns: size().columns))
        case .paused: show(.paused)
        case .word(let word) where hasText && word.start < word.end:
            try write(text.hear(word: notes[word.index] ?? word.start..<word.end, size: size()))
        case .heard(let index):
            notes[index] = nil
            if let end = pieceEnds.removeValue(forKey: index) { try write(text.hear(upTo: end, size: size())) }
        case .notice(let notice): show(notice)
        case .discard where hasText: try write(text.giveUp())
        case .finished(let summary): try end(heardEnd: summary.textBytes)
        case .stopped(let summary):
            try end(heardEnd: summary.heardEnd, remark: Bilingual.ofLocale("(stopped)", "（已停止）"))
        case .failed(let fault, let summary): try end(heardEnd: summary.heardEnd, fault: fault)
        default: break
        }
    }

    private mutating func show(_ notice: Notice) {
        said.insert(notice.message)
        // A fault that is shown before the listener hears it: nothing more is awaited.
        if Fault.Code(rawValue: notice.code) != nil { status.clear() }
        if hasText { heldBack.append(notice) } else { status.tell(notice.shown) }
    }

    private mutating func end(heardEnd: Int, remark: String? = nil, fault: Fault? = nil) throws {
        status.clear()
        if hasText { try write(text.hear(upTo: heardEnd, size: size())) }
        if !text.isAtLineStart { try write("\r\n") }
        if let remark { try write("\u{1B}[2m\(remark)\u{1B}[m\r\n") }
        for notice in heldBack { status.tell(notice.shown) }
        if let fault, !said.contains(fault.message) { status.tell(fault.shown) }
        if isInChat { try write("\r\n") }
        if let timeline { Console.say("\n" + timeline.drawn(width: Console.width)) }
    }
}
