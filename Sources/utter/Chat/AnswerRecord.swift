// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Utterance

/// What an answer's events come to for the conversation.
struct AnswerRecord: Equatable {
    /// All of the answer's text, whether it was heard or not.
    private(set) var text = ""
    /// With what it failed.
    private(set) var fault: Fault?
    private(set) var notices: [Notice] = []
    /// UTF-8 offset up to which it counts as said.
    private var saidEnd = 0
    private var isInterrupted = false
    /// What lies before was reasoning.
    private var start = 0

    mutating func add(_ event: Event) {
        switch event.kind {
        case .text(let more): text += more
        case .notice(let notice): notices.append(notice)
        case .discard: start = text.utf8.count
        case .finished: saidEnd = text.utf8.count
        case .stopped(let summary):
            saidEnd = summary.heardEnd
            isInterrupted = true
        case .failed(let fault, _):
            // What came before a fault was spoken; where the sound failed it was read.
            self.fault = fault
            saidEnd = text.utf8.count
            isInterrupted = !fault.isOfOutput
        default: break
        }
    }

    /// The whole answer, to be heard again.
    var answer: String { slice(to: text.utf8.count) }

    /// - Returns: `nil` if nothing of the answer was heard.
    func exchange(about question: String) -> Conversation.Exchange? {
        let said = slice(to: saidEnd)
        return .init(question: question, answer: said, isInterrupted: isInterrupted && said != answer)
    }

    private func slice(to end: Int) -> String {
        String(decoding: text.utf8.prefix(end).dropFirst(start), as: UTF8.self)
    }
}

extension Fault {
    fileprivate var isOfOutput: Bool {
        switch code {
        case .deviceUnknown, .deviceMissing, .deviceBusy, .deviceFailed, .speechFailed, .outputUnwritable: true
        default: false
        }
    }
}
