// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What an answer's events add up to for the conversation.
package struct AnswerRecord: Sendable, Equatable {
    /// The answer's text, as far as it is kept, whether or not it was heard.
    package private(set) var text = ""
    /// The fault that it failed with.
    package private(set) var fault: Fault?
    package private(set) var notices: [Notice] = []
    /// UTF-8 offset up to which the text counts as heard.
    private var saidEnd = 0
    /// Whether the answer was stopped: interrupted, unless everything was heard.
    private var isStopped = false
    /// Whether the model had not finished.
    private var breaksOff = false
    /// The text before this offset was reasoning.
    private var start = 0
    /// UTF-8 bytes received.
    private var length = 0
    /// Where ``text`` begins in the answer.
    private var textStart = 0
    private let kept: Int

    /// - Parameter bytes: how much of the beginning of the answer is kept, give or take a fragment.
    package init(keeping bytes: Int = .max) {
        kept = bytes
    }

    package mutating func add(_ event: Event) {
        switch event.kind {
        case .text(let more): add(more)
        case .notice(let notice): notices.append(notice)
        case .discard: discard()
        case .finished: saidEnd = length
        case .stopped(let summary):
            // A silent answer counts as read in full.
            saidEnd = summary.isSilent ? length : summary.heardEnd
            isStopped = true
            breaksOff = summary.isSilent
        case .failed(let fault, _):
            // The text before a fault was spoken; if it was the sound that failed, the text was read.
            self.fault = fault
            saidEnd = length
            breaksOff = !fault.isOfOutput
        default: break
        }
    }

    private mutating func add(_ more: String) {
        if isWhole, textEnd - start < kept { text += more }
        length += more.utf8.count
    }

    private mutating func discard() {
        start = length
        guard !isWhole else { return }
        text = ""
        textStart = start
    }

    private var textEnd: Int { textStart + text.utf8.count }

    /// Whether the text is kept up to its end.
    private var isWhole: Bool { textEnd == length }

    /// The answer as far as it is kept, without reasoning.
    package var answer: String { slice(to: textEnd) }

    /// Returns the exchange that the conversation remembers.
    ///
    /// - Returns: `nil` if nothing of the answer was heard.
    package func exchange(about question: String) -> Conversation.Exchange? {
        let said = slice(to: saidEnd)
        let unheard = isStopped ? slice(from: saidEnd, to: textEnd) : ""
        return .init(
            question: question, answer: said, unheard: unheard.isEmpty ? nil : unheard,
            isInterrupted: breaksOff || isStopped && saidEnd < length)
    }

    private func slice(to end: Int) -> String {
        slice(from: start, to: end)
    }

    private func slice(from begin: Int, to end: Int) -> String {
        let skipped = max(begin, start) - textStart
        return String(decoding: text.utf8.prefix(max(0, end - textStart)).dropFirst(max(0, skipped)), as: UTF8.self)
    }
}

extension Fault {
    fileprivate var isOfOutput: Bool {
        switch code {
        case .deviceUnknown, .deviceMissing, .deviceBusy, .deviceFailed, .speechFailed, .outputUnwritable,
            .outputFailed:
            true
        default: false
        }
    }
}
