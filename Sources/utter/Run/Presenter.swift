// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Pipeline
import Utterance

/// Shows the events of one answer.
protocol AnswerPresenting: Sendable {
    /// Whether events of this kind are shown. Others don't have to wake the thread that shows them.
    func shows(_ kind: Event.Kind) -> Bool
    /// Shows an event.
    ///
    /// - Throws: `Fault(.outputFailed)` if standard output is closed or full.
    mutating func show(_ event: Event) throws
}

extension AnswerPresenting {
    func shows(_ kind: Event.Kind) -> Bool { true }
}

extension Notice {
    /// Shown when an answer is paused, even before it begins: the voice may have been paused before.
    static let paused = Notice("paused", "The voice is paused; utter resume continues.")
}

/// Shows an answer's events to a person or a program: the text on standard output, everything else on standard error.
struct Presenter: AnswerPresenting {
    /// What goes to standard output.
    enum Style: Sendable {
        /// The answer's text, as it streams.
        case text
        /// Every event as a line of JSON.
        case events
        /// Nothing but the sound; the text goes to standard error.
        case sound
    }

    private let style: Style
    private let showsTimeline: Bool
    private let status: StatusLine
    /// What the status line says it is waiting for: a model's name; `nil`: nothing.
    private let awaited: String?
    private var timeline = Timeline()
    /// Whether the text so far ends in the middle of a line.
    private var isMidLine = false
    /// Shown at the next line end, so that they don't interrupt the text.
    private var heldBack: [Notice] = []
    /// Messages that were already shown: a fault of the output comes first as a notice, and again at the end of the
    /// answer.
    private var said: Set<String> = []

    init(style: Style, showsTimeline: Bool, status: StatusLine, awaited: String?) {
        self.style = style
        self.showsTimeline = showsTimeline
        self.status = status
        self.awaited = awaited
    }

    func shows(_ kind: Event.Kind) -> Bool {
        switch kind {
        case .synthesized, .word, .heard: style == .events || showsTimeline
        default: true
        }
    }

    /// - Throws: `Fault(.outputFailed)` if standard output is closed or full.
    mutating func show(_ event: Event) throws {
        if showsTimeline { timeline.add(event) }
        if style == .events {
            try Console.write(String(decoding: try JSON.encode(event), as: UTF8.self) + "\n")
        }
        switch event.kind {
        case .accepted: if let awaited { status.wait(for: StatusText().waiting(for: awaited)) }
        case .thinking: if let awaited { status.wait(for: StatusText().thinking(awaited)) }
        case .firstText: status.clear()
        case .text(let text) where style != .events: try show(text)
        case .notice(let notice): show(notice)
        case .paused: show(.paused)
        case .failed(let fault, _):
            try end()
            if !said.contains(fault.message) { Console.tell(fault.shown) }
        case .finished, .stopped: try end()
        default: break
        }
    }

    /// Shows the text as the model wrote it, with its line breaks but without other control characters.
    private mutating func show(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.map { String($0).printable }.joined(separator: "\n")
        guard !text.isEmpty else { return }
        try put(text)
        isMidLine = !text.hasSuffix("\n")
        if !isMidLine { sayHeldBack() }
    }

    private mutating func show(_ notice: Notice) {
        heldBack.append(notice)
        said.insert(notice.message)
        // A fault that is shown before the listener hears it: nothing more is awaited.
        if Fault.Code(rawValue: notice.code) != nil { status.clear() }
        if !isMidLine || !isMerged { sayHeldBack() }
    }

    /// Whether text and notices are read together, on a terminal or in a file.
    private var isMerged: Bool {
        style == .sound || Console.outputIsTerminal && Console.errorIsTerminal || Console.streamsAreMerged
    }

    private mutating func sayHeldBack() {
        for notice in heldBack { status.tell(notice.shown, isAside: notice.code == Notice.modelChosenCode) }
        heldBack = []
    }

    private mutating func end() throws {
        status.clear()
        if isMidLine { try put("\n") }
        isMidLine = false
        sayHeldBack()
        if showsTimeline { Console.say("\n" + timeline.drawn(width: Console.width)) }
    }

    private func put(_ text: String) throws(Fault) {
        if style == .sound { Console.say(text) } else { try Console.write(text) }
    }
}
