// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import LanguageModel
import Pipeline
package import Utterance

extension SpeechScheduler {
    /// Takes up answers that the end of an earlier process cut, each at the sentence that was cut, before any new request.
    ///
    /// What can't be taken up again stands in its conversation as far as it was heard.
    ///
    /// - Parameter wall: the time in seconds since 1970.
    /// - Returns: what became of each, for the log.
    package func resume(_ answers: [UnfinishedAnswer], at wall: Double) -> [Notice] {
        journal.takeOver(answers.sorted { $0.taken < $1.taken }) { answer in
            guard var request = answer.request, (try? Sessions.check(request.session)) != nil else {
                return Notice("answer_lost", "An answer that was cut is of another version, and is not resumed.")
            }
            let isHeard = answer.isWhole && answer.unheard.allSatisfy(\.isWhitespace)
            if isHeard || !answer.isResumable(at: wall) {
                keep(answer, of: request, isHeard: isHeard)
                return isHeard ? nil : .lost(request, "it is too old, or was cut too often")
            }
            request.delivery.policy = .queue
            do {
                if answer.text.allSatisfy(\.isWhitespace), answer.said.isEmpty {
                    _ = try ask(request, as: UnfinishedAnswer(resuming: answer))
                } else {
                    try takeUp(answer, of: request)
                }
                return .resumed(request)
            } catch {
                keep(answer, of: request, isHeard: false)
                return .lost(request, (error as? Fault)?.message ?? "\(error)")
            }
        }
    }

    private func takeUp(_ answer: UnfinishedAnswer, of request: AskRequest) throws {
        _ = try take(
            { deliver in
                try await deliver(.notice(.resumed(request)))
                try await deliver(.text(answer.unheard))
                if !answer.isWhole { throw Fault.cutByEnd }
                return nil
            }, usually: .queue, session: request.session, prompt: request.prompt, persona: request.persona,
            delivery: request.delivery, journal: UnfinishedAnswer(resuming: answer))
    }

    private func keep(_ answer: UnfinishedAnswer, of request: AskRequest, isHeard: Bool) {
        let exchange = Conversation.Exchange(
            question: request.prompt, answer: answer.heard, unheard: answer.unheard.isEmpty ? nil : answer.unheard,
            isInterrupted: !isHeard)
        if let exchange { add(exchange, to: request.session) }
    }
}

extension Notice {
    fileprivate static func resumed(_ request: AskRequest) -> Notice {
        Notice(
            "answer_resumed",
            "The daemon had ended in the middle of an answer in \(request.session.printable); it goes on with the sentence "
                + "that was cut.")
    }

    fileprivate static func lost(_ request: AskRequest, _ reason: String) -> Notice {
        Notice(
            "answer_lost",
            "The daemon had ended in the middle of an answer in \(request.session.printable), which is not resumed: "
                + "\(reason.printable).")
    }
}

extension Fault {
    fileprivate static let cutByEnd = Fault(
        .modelTruncated,
        "The daemon ended before the model had finished; what had arrived was said. Ask again.")
}
