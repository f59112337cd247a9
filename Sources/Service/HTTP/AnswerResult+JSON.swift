// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPTypes
import Hummingbird
import Pipeline
import Utterance

extension AnswerResult {
    /// The answer as a whole, for who did not follow its events. A failed one has the status that its fault stands for,
    /// and what came before the fault.
    func response(_ admission: Admission) -> Response {
        .json(Reply(self, admission), status: fault?.httpStatus ?? .ok)
    }

    private var fault: Fault? {
        if case .failed(let fault) = ending { fault } else { nil }
    }

    private struct Reply: Encodable {
        var answer: String
        var session: String?
        var ending: String
        var text: String
        /// As much of the text as was heard.
        var heard: String
        var error: Fault?
        var figures: Event.Summary

        init(_ result: AnswerResult, _ admission: Admission) {
            answer = admission.answer
            session = admission.session
            ending =
                switch result.ending {
                case .finished: "finished"
                case .stopped: "stopped"
                case .failed: "failed"
                }
            text = result.text
            heard = String(decoding: result.text.utf8.prefix(result.summary.heardEnd), as: UTF8.self)
            error = result.fault
            figures = result.summary
        }
    }
}
