// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import DaemonAPI
import HTTPTypes
import Hummingbird
import Pipeline
import Utterance

/// What a client gets that asked for speech: its end, the events on the way to it, or only the answer's name.
struct AnswerReply: Sendable {
    let backend: HTTPBackend
    let admission: Admission
    let delivery: Delivery

    /// Answers as the request wants it. A client that hangs up stops its answer, unless it said `detach`.
    ///
    /// - Parameter text: what is spoken while it comes.
    func response(to request: Request, bringing text: SpokenBody? = nil) async throws -> Response {
        if request.wantsEvents { return events(request, text) }
        if delivery.isDetached {
            return .json(AcceptedReply(answer: admission.answer, session: admission.session), status: .accepted)
        }
        let result = try await stoppingOnHangUp(request, text) { try await admission.result.value() }
        var response = result.response(admission)
        response.headers[.connection] = "close"
        return response
    }

    private func events(_ request: Request, _ text: SpokenBody?) -> Response {
        Response(
            status: .ok, headers: EventStreamWriter.headers,
            body: ResponseBody { writer in
                try await stoppingOnHangUp(request, text) {
                    try await backend.events.write(after: admission.position, answer: admission.answer, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    /// Runs `operation` while the request's text is read; what of it comes after its end is not. The answer is stopped if
    /// the client hangs up meanwhile, or if the daemon ends.
    ///
    /// The connection can't be used after it, since reading it for the hang-up has taken what follows.
    private func stoppingOnHangUp<Value: Sendable>(
        _ request: Request, _ text: SpokenBody?, _ operation: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await request.body.consumeWithCancellationOnInboundClose { body in
                async let _ = text?.read(body)
                return try await operation()
            }
        } catch {
            if !delivery.isDetached { await backend.speaker.stop(admission.answer) }
            throw error
        }
    }
}
