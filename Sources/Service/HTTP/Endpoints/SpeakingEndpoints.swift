// SPDX-License-Identifier: GPL-3.0-or-later
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
        let ask = AskRequest(
            prompt: try members.neededText("prompt", atMost: backend.limits.promptCharacters),
            session: try members.text("session") ?? "default", persona: try members.text("persona"),
            variables: try members.texts("variables"), options: try members.object("options"),
            delivery: try Delivery(&members, of: request, otherwise: .interrupt))
        try members.end()
        let admission = try await backend.admit { try await $0.ask(ask) }
        return try await reply(admission, ask.delivery).response(to: request)
    }

    /// JSON is a text as a whole; plain text is spoken while it comes.
    private func say(_ request: Request) async throws -> Response {
        if request.mediaType == "text/plain" { return try await sayStream(request) }
        var request = request
        var members = try await request.members(backend)
        let text = try members.neededText("text", atMost: backend.limits.promptCharacters)
        let delivery = try Delivery(&members, of: request, otherwise: .queue)
        try members.end()
        let admission = try await backend.admit { speaker in
            try await speaker.say(
                { deliver in
                    try await deliver(.text(text))
                    return nil
                }, preview: preview(text), delivery: delivery)
        }
        return try await reply(admission, delivery).response(to: request)
    }

    private func sayStream(_ request: Request) async throws -> Response {
        var members = try RequestMembers(query: request.uri.query)
        let delivery = try Delivery(&members, of: request, otherwise: .queue)
        try members.end()
        guard !delivery.isDetached else {
            throw APIError.invalid("Text that is still coming can't be detached; send it as JSON.")
        }
        let spoken = SpokenBody()
        let admission = try await backend.admit { speaker in
            try await speaker.say({ try await spoken.bring(to: $0) }, preview: "", delivery: delivery)
        }
        return try await reply(admission, delivery).response(to: request, bringing: spoken)
    }

    /// What a signal is about is now: unless the request says another thing it interrupts.
    private func signal(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        guard let signal = try members.choice("signal", AudibleSignal.self) else {
            throw APIError.invalid("signal is missing.")
        }
        let delivery = Delivery(
            policy: try members.choice("policy") ?? .interrupt, priority: try members.choice("priority") ?? .normal,
            isDetached: try members.flag("detach") ?? false)
        try members.end()
        let admission = try await backend.admit { try await $0.signal(signal, delivery: delivery) }
        return try await reply(admission, delivery).response(to: request)
    }

    private func reply(_ admission: Admission, _ delivery: Delivery) -> AnswerReply {
        AnswerReply(backend: backend, admission: admission, delivery: delivery)
    }

    /// The beginning, for those who watch.
    private func preview(_ text: String) -> String {
        String(text.prefix(200))
    }
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
