// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Host
import Hummingbird
import LanguageModel
import Pipeline
import Utterance

/// `POST /v1/chat/completions`: the client gets the text while the device speaks it. The client keeps the conversation; no
/// session of the daemon is used or changed.
struct ChatEndpoint: Sendable {
    let backend: HTTPBackend

    func answer(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        let call = try ChatCompletionRequest(&fields, headers: request.headers)
        let asked = try await backend.scheduler.answers.source(for: call.chat)
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
        // An answer that nobody hears or follows does not concern the scheduler.
        guard call.isStreamed || call.speaks else {
            return try await backend.whileConnected(to: request, stopping: nil) {
                async let _ = source { _ in }
                return try await whole(completion(call, AnswerID.make()), nil, stream)
            }
        }
        let delivery = Delivery(policy: .interrupt, speaks: call.speaks)
        let admission = try await backend.admit {
            try await $0.relay(source, prompt: call.chat.prompt, delivery: delivery)
        }
        if call.isStreamed { return chunks(call, admission, stream, request) }
        return try await backend.whileConnected(to: request, stopping: admission) {
            try await whole(completion(call, admission.answer), admission, stream)
        }
    }

    private func completion(_ call: ChatCompletionRequest, _ answer: String) -> ChatCompletion {
        let own = call.chat.model == nil ? backend.information.model() : nil
        return ChatCompletion(
            answer: answer, model: own ?? call.modelName, created: Int(WallClock.now.inSeconds))
    }

    /// The answer in chunks, including errors: the head is sent before the model has written a word, so that a client can
    /// hang up while it waits.
    private func chunks(
        _ call: ChatCompletionRequest, _ admission: Admission, _ stream: ClientStream<ModelEvent>, _ request: Request
    ) -> Response {
        let completion = completion(call, admission.answer)
        var headers = EventStreamWriter.headers
        headers[.utterAnswer] = admission.answer
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await backend.whileConnected(to: request, stopping: admission) {
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

    /// The whole answer.
    private func whole(
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
