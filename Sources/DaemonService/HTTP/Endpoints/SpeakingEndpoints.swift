// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import HTTPTypes
import Hummingbird
import LanguageModel
import Utterance

/// Makes the device speak: `ask`, `say` and `signal`.
struct SpeakingEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.add("/v1/ask", [.post: { request, _ in try await ask(request) }])
        router.add("/v1/say", [.post: { request, _ in try await say(request) }])
        router.add("/v1/signal", [.post: { request, _ in try await signal(request) }])
    }

    private func ask(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        var ask = try AskRequest(&fields, limit: backend.limits.promptCharacters)
        ask.delivery.wantsText = request.wantsWholeText(ask.delivery)
        return try await reply(try await backend.ask(ask), ask.delivery).response(to: request)
    }

    /// A text in JSON comes as a whole; plain text is spoken while it comes.
    private func say(_ request: Request) async throws -> Response {
        if request.mediaType == "text/plain" { return try await sayStream(request) }
        guard request.uri.query?.isEmpty ?? true else {
            throw APIError.invalid("A query goes with plain text only; put its members into the JSON.")
        }
        var request = request
        var fields = try await request.fields(backend)
        var say = try SayRequest(&fields, limit: backend.limits.promptCharacters)
        say.delivery.wantsText = request.wantsWholeText(say.delivery)
        return try await reply(try await backend.say(say), say.delivery).response(to: request)
    }

    private func sayStream(_ request: Request) async throws -> Response {
        var fields = try RequestFields(query: request.uri.query)
        var delivery = try Delivery(ofText: &fields)
        try fields.end()
        delivery.wantsText = request.wantsWholeText(delivery)
        guard !delivery.isDetached else {
            throw APIError.invalid("Text that is still coming can't be detached; send it as JSON.")
        }
        let spoken = SpokenBody()
        let admission = try await backend.admit { [delivery] scheduler in
            try await scheduler.say({ try await spoken.bring(to: $0) }, preview: "", delivery: delivery)
        }
        return try await reply(admission, delivery).response(to: request, bringing: spoken)
    }

    private func signal(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        let signal = try SignalRequest(&fields)
        let admission = try await backend.admit { try await $0.signal(signal.signal, delivery: signal.delivery) }
        return try await reply(admission, signal.delivery).response(to: request)
    }

    private func reply(_ admission: Admission, _ delivery: Delivery) -> AnswerReply {
        AnswerReply(backend: backend, admission: admission, delivery: delivery)
    }
}

extension Request {
    /// A client that follows the events gets the text from them.
    fileprivate func wantsWholeText(_ delivery: Delivery) -> Bool { !wantsEvents && !delivery.isDetached }
}

extension HTTPBackend {
    package func ask(_ request: AskRequest) async throws -> Admission {
        try await admit { try await $0.ask(request) }
    }

    package func say(_ request: SayRequest) async throws -> Admission {
        try await admit { try await $0.say(request.text, delivery: request.delivery) }
    }

    /// Passes a request to the scheduler; rejected ones are counted.
    func admit(_ body: @Sendable (SpeechScheduler) async throws -> Admission) async throws -> Admission {
        do {
            return try await body(scheduler)
        } catch let fault as Fault {
            metrics.note(refused: fault)
            throw APIError(fault)
        }
    }
}
