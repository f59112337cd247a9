// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import HTTPTypes
import Hummingbird
import Pipeline
import Utterance

/// The reply to a client that asked for speech: the result, the events on the way to it, or only the answer's name.
struct AnswerReply: Sendable {
    let backend: HTTPBackend
    let admission: Admission
    let delivery: Delivery

    /// Answers as the request wants it. A client that hangs up stops its answer, unless it said `detach`.
    ///
    /// - Parameter text: takes the request's body, which is spoken as it comes.
    func response(to request: Request, bringing text: SpokenBody? = nil) async throws -> Response {
        if request.wantsEvents { return events(request, text) }
        if delivery.isDetached {
            let reply = AcceptedReply(answer: admission.answer, session: admission.session, notice: admission.notice)
            return .json(reply, status: .accepted)
        }
        let result = try await whileConnected(request, text) { try await admission.result.value() }
        var response = result.response(admission)
        response.headers[.connection] = "close"
        return response
    }

    private func events(_ request: Request, _ text: SpokenBody?) -> Response {
        Response(
            status: .ok, headers: EventStreamWriter.headers,
            body: ResponseBody { writer in
                try await whileConnected(request, text) {
                    try await backend.events.write(after: admission.position, answer: admission.answer, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    private func whileConnected<Value: Sendable>(
        _ request: Request, _ text: SpokenBody?, _ operation: () async throws -> Value
    ) async throws -> Value {
        try await backend.whileConnected(
            to: request, stopping: delivery.isDetached ? nil : admission, reading: text, operation)
    }
}

extension AnswerResult {
    /// The answer as a whole, for clients that did not follow its events. A failed one has its fault's status, and the text
    /// that came before the fault.
    func response(_ admission: Admission) -> Response {
        .json(Reply(self, admission), status: fault?.httpStatus ?? .ok)
    }

    /// The part of the text that was heard.
    var heard: String { String(decoding: text.utf8.prefix(summary.heardEnd), as: UTF8.self) }

    private var fault: Fault? {
        if case .failed(let fault) = ending { fault } else { nil }
    }

    private struct Reply: Encodable {
        var answer: String
        var session: String?
        var ending: String
        var text: String
        /// The part of the text that was heard.
        var heard: String
        var error: Fault?
        var notice: Notice?
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
            heard = result.heard
            error = result.fault
            notice = admission.notice
            figures = result.summary
        }
    }
}
