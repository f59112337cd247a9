// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import LanguageModel
import Pipeline
import Utterance

/// What makes the device speak: `ask` and `say`, and `signal`.
struct SpeakingEndpoints: Sendable {
    let backend: HTTPBackend

    func add(to router: ServiceRouter) {
        router.endpoint("/v1/ask", [.post: { request, _ in try await ask(request) }])
        router.endpoint("/v1/say", [.post: { request, _ in try await say(request) }])
        router.endpoint("/v1/signal", [.post: { request, _ in try await signal(request) }])
    }

    private func ask(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        var ask = try AskRequest(&members, limit: backend.limits.promptCharacters)
        ask.delivery.wantsText = request.wantsWholeText(ask.delivery)
        let admission = try await backend.admit { [ask] in try await $0.ask(ask) }
        return try await reply(admission, ask.delivery).response(to: request)
    }

    /// JSON is a text as a whole; plain text is spoken while it comes.
    private func say(_ request: Request) async throws -> Response {
        if request.mediaType == "text/plain" { return try await sayStream(request) }
        var request = request
        var members = try await request.members(backend)
        var say = try SayRequest(&members, limit: backend.limits.promptCharacters)
        say.delivery.wantsText = request.wantsWholeText(say.delivery)
        let admission = try await backend.admit { [say] speaker in
            try await speaker.say(
                { deliver in
                    try await deliver(.text(say.text))
                    return nil
                }, preview: preview(say.text), delivery: say.delivery)
        }
        return try await reply(admission, say.delivery).response(to: request)
    }

    private func sayStream(_ request: Request) async throws -> Response {
        var members = try RequestFields(query: request.uri.query)
        var delivery = try Delivery(&members)
        try members.end()
        delivery.wantsText = request.wantsWholeText(delivery)
        guard !delivery.isDetached else {
            throw APIError.invalid("Text that is still coming can't be detached; send it as JSON.")
        }
        let spoken = SpokenBody()
        let admission = try await backend.admit { [delivery] speaker in
            try await speaker.say({ try await spoken.bring(to: $0) }, preview: "", delivery: delivery)
        }
        return try await reply(admission, delivery).response(to: request, bringing: spoken)
    }

    private func signal(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let signal = try SignalRequest(&members)
        let admission = try await backend.admit { try await $0.signal(signal.signal, delivery: signal.delivery) }
        return try await reply(admission, signal.delivery).response(to: request)
    }

    private func reply(_ admission: Admission, _ delivery: Delivery) -> AnswerReply {
        AnswerReply(backend: backend, admission: admission, delivery: delivery)
    }

    /// The beginning, for those who watch.
    private func preview(_ text: String) -> String {
        String(text.prefix(200))
    }
}

extension Request {
    /// A client that follows the events has the text from them.
    fileprivate func wantsWholeText(_ delivery: Delivery) -> Bool { !wantsEvents && !delivery.isDetached }
}

extension HTTPBackend {
    /// Hands a request to the speaker; what it refuses is counted.
    func admit(_ body: @Sendable (Speaker) async throws -> Admission) async throws -> Admission {
        do {
            return try await body(speaker)
        } catch let fault as Fault {
            metrics.note(refused: fault)
            throw APIError(fault)
        }
    }
}
