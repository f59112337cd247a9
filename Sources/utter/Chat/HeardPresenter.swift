// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// Shows an answer on a terminal, and marks what was heard of it.
struct HeardPresenter: AnswerPresenting {
    private let status: StatusLine
    private let awaited: String
    private let size: @Sendable () -> TerminalSize
    private let write: @Sendable (String) throws -> Void
    private var text: HeardText
    private var hasText = false
    /// Where each unheard piece ends in the text.
    private var pieceEnds: [Int: Int] = [:]
    /// Shown at the end, so that they don't interrupt the text.
    private var heldBack: [Notice] = []
    private var said: Set<String> = []

    init(
        status: StatusLine, awaited: String, size: @escaping @Sendable () -> TerminalSize = { .current },
        write: @escaping @Sendable (String) throws -> Void = Console.write
    ) {
        self.status = status
        self.awaited = awaited
        self.size = size
        self.write = write
        text = HeardText(size: size())
    }

    mutating func show(_ event: Event) throws {
        switch event.kind {
        case .accepted: status.wait(for: "Waiting for the first word of \(awaited)")
        case .thinking where !hasText: status.wait(for: "\(awaited) is thinking")
        case .text(let more):
            status.clear()
            hasText = true
            try write(text.append(more, size: size()))
        case .piece(let piece): pieceEnds[piece.index] = piece.end
        case .word(let word) where hasText && word.start < word.end:
            try write(text.hear(word: word.start..<word.end, size: size()))
        case .heard(let index):
            if let end = pieceEnds.removeValue(forKey: index) { try write(text.hear(upTo: end, size: size())) }
        case .notice(let notice): show(notice)
        case .discard where hasText: try write(text.giveUp())
        case .finished(let summary): try end(heardEnd: summary.textBytes)
        case .stopped(let summary): try end(heardEnd: summary.heardEnd, remark: "(stopped)")
        case .failed(let fault, let summary): try end(heardEnd: summary.heardEnd, fault: fault)
        default: break
        }
    }

    private mutating func show(_ notice: Notice) {
        said.insert(notice.message)
        if hasText { heldBack.append(notice) } else { status.tell(notice.message) }
    }

    private mutating func end(heardEnd: Int, remark: String? = nil, fault: Fault? = nil) throws {
        status.clear()
        if hasText { try write(text.hear(upTo: heardEnd, size: size())) }
        if !text.isAtLineStart { try write("\r\n") }
        if let remark { try write("\u{1B}[2m\(remark)\u{1B}[m\r\n") }
        for notice in heldBack { status.tell(notice.message) }
        if let fault, !said.contains(fault.message) { status.tell(fault.message) }
        try write("\r\n")
    }
}
