// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// What an answer's events come to for the conversation.
package struct AnswerRecord: Sendable, Equatable {
    /// All of the answer's text, whether it was heard or not.
    package private(set) var text = ""
    /// With what it failed.
    package private(set) var fault: Fault?
    package private(set) var notices: [Notice] = []
    /// UTF-8 offset up to which it counts as said.
    private var saidEnd = 0
    /// It was stopped; an interruption if something was not said.
    private var isStopped = false
    /// The model had not come to its end.
    private var breaksOff = false
    /// What lies before was reasoning.
    private var start = 0

    package init() {}

    package mutating func add(_ event: Event) {
        switch event.kind {
        case .text(let more): text += more
        case .notice(let notice): notices.append(notice)
        case .discard: start = text.utf8.count
        case .finished: saidEnd = text.utf8.count
        case .stopped(let summary):
            // Who is not to hear an answer reads it.
            saidEnd = summary.isSilent ? text.utf8.count : summary.heardEnd
            isStopped = true
            breaksOff = summary.isSilent
        case .failed(let fault, _):
            // What came before a fault was spoken; where the sound failed it was read.
            self.fault = fault
            saidEnd = text.utf8.count
            breaksOff = !fault.isOfOutput
        default: break
        }
    }

    /// The whole answer, to be heard again.
    package var answer: String { slice(to: text.utf8.count) }

    /// - Returns: `nil` if nothing of the answer was heard.
    package func exchange(about question: String) -> Conversation.Exchange? {
        let said = slice(to: saidEnd)
        return .init(question: question, answer: said, isInterrupted: breaksOff || isStopped && said != answer)
    }

    private func slice(to end: Int) -> String {
        String(decoding: text.utf8.prefix(end).dropFirst(start), as: UTF8.self)
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
