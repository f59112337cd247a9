// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Host
import Hummingbird
import LanguageModel
import Pipeline
import Utterance

/// `POST /v1/chat/completions`: the client gets the text while the device speaks it. The conversation is the client's; no
/// session of the daemon's is used or changed.
struct ChatEndpoint: Sendable {
    let backend: HTTPBackend

    func answer(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        let call = try ChatCall(members.rest(), headers: request.headers)
        let asked = try await backend.speaker.parts.source(for: call.chat)
        let stream = ClientStream<ModelEvent> { event in
            switch event {
            case .text(let text), .thinking(let text): text.utf8.count
            case .connected, .notice: 1
            }
        }
        let source = stream.source { put, deliver in
            try await asked { event in
                try await put(event)
                try await deliver(event)
            }
        }
        // What nobody hears or follows is no matter of the device's.
        guard call.isStreamed || call.speaks else { return try await whole(call, source, stream, request) }
        let delivery = Delivery(policy: .interrupt, speaks: call.speaks)
        let admission = try await backend.admit {
            try await $0.relay(source, prompt: call.chat.prompt, delivery: delivery)
        }
        return call.isStreamed
            ? chunks(call, admission, stream, request) : try await whole(call, admission, stream, request)
    }

    private func completion(_ call: ChatCall, _ answer: String) -> ChatCompletion {
        let own = call.chat.model == nil ? backend.information.model() : nil
        return ChatCompletion(
            answer: answer, model: own ?? call.modelName, created: Int(WallClock.now.inSeconds))
    }

    /// The answer in chunks, its errors among them: the head is sent before the model has said a word, so that a client
    /// can hang up while it waits.
    private func chunks(
        _ call: ChatCall, _ admission: Admission, _ stream: ClientStream<ModelEvent>, _ request: Request
    ) -> Response {
        let completion = completion(call, admission.answer)
        var headers = EventStreamWriter.headers
        headers[.connection] = "close"
        headers[.utterAnswer] = admission.answer
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await backend.whileConnected(to: request, hearing: admission) {
                    try await writer.write(completion.firstChunk)
                    do {
                        try await stream.forEach(of: admission) { event in
                            if let chunk = completion.chunk(event) { try await writer.write(chunk) }
                        }
                    } catch let fault as Fault {
                        guard let error = OpenAIError(for: fault) else { throw fault }
                        return try await writer.write(ChatCompletion.event(error.json))
                    }
                    try await writer.write(completion.lastChunk(stream.summary))
                    if call.includesUsage { try await writer.write(completion.usageChunk(stream.summary)) }
                    try await writer.write(ChatCompletion.done)
                }
                try await writer.finish(nil)
            })
    }

    /// The whole answer, heard by nobody.
    private func whole(
        _ call: ChatCall, _ source: @escaping Answer.Source, _ stream: ClientStream<ModelEvent>, _ request: Request
    ) async throws -> Response {
        try await backend.whileConnected(to: request, hearing: nil) {
            async let _ = source { _ in }
            return try await collected(completion(call, AnswerID.make()), nil, stream)
        }
    }

    /// The whole answer, which is heard, too.
    private func whole(
        _ call: ChatCall, _ admission: Admission, _ stream: ClientStream<ModelEvent>, _ request: Request
    ) async throws -> Response {
        try await backend.whileConnected(to: request, hearing: admission) {
            try await collected(completion(call, admission.answer), admission, stream)
        }
    }

    private func collected(
        _ completion: ChatCompletion, _ admission: Admission?, _ stream: ClientStream<ModelEvent>
    ) async throws -> Response {
        var (text, reasoning) = ("", "")
        try await stream.forEach(of: admission) { event in
            switch event {
            case .text(let part): text += part
            case .thinking(let part): reasoning += part
            case .connected, .notice: break
            }
        }
        var response = Response.json(completion.whole(text, reasoning: reasoning, stream.summary))
        response.headers[.connection] = "close"
        return response
    }
}
