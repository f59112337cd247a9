// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline
import Playback
import Sentences
import Speech
import Synchronization
import Utterance

/// `POST /v1/audio/speech`: the sound of a text, sent piece by piece as it is made. The device plays none of it.
struct SpeechEndpoint: Sendable {
    let backend: HTTPBackend

    private var engine: any SpeechEngine { backend.scheduler.player.engine }

    func answer(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        return try await response(try SpeechRequest(&fields, limits: backend.limits), to: request)
    }

    private func response(_ call: SpeechRequest, to request: Request) async throws -> Response {
        let parameters = try await parameters(call)
        try engine.check(parameters.voice)
        let format = engine.expectedFormat(parameters.voice)
        let type =
            switch call.format {
            case .wav: "audio/wav"
            case .pcm: "audio/pcm; rate=\(format.rate); channels=1"
            }
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store", .connection: "close"],
            body: ResponseBody { writer in
                try await backend.whileConnected(to: request, stopping: nil) {
                    if call.format == .wav {
                        try await writer.write(ByteBuffer(bytes: WAVHeader(format: format, frames: nil).bytes))
                    }
                    try await write(call.text, parameters, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    private func parameters(_ call: SpeechRequest) async throws -> AnswerParameters {
        let (answers, controls) = await (backend.scheduler.answers, backend.scheduler.controls)
        func parameters(rate: Int?) throws -> AnswerParameters {
            let delivery = Delivery(policy: .queue, voice: call.voice, rate: rate)
            return try answers.parameters(persona: nil, delivery: delivery, controls: controls)
        }
        let usual = try parameters(rate: nil)
        return call.speed == 1 ? usual : try parameters(rate: call.rate(usual.voice.rate))
    }

    private func write(
        _ text: String, _ parameters: AnswerParameters, to writer: inout any ResponseBodyWriter
    ) async throws {
        var stream = SentenceStream(parameters.text)
        let now = backend.clock.now
        var last: Piece.Boundary?
        for event in stream.append(text, at: now, ahead: nil) + stream.finish(at: now) {
            guard case .piece(let piece) = event else { continue }
            let pause = parameters.pauses.before(piece, after: last)
            last = piece.boundary
            let silence = engine.expectedFormat(parameters.voice).frames(in: pause) * 2
            try await writer.write(ByteBuffer(repeating: 0, count: silence))
            try await writer.write(sound(of: piece, parameters.voice))
        }
    }

    /// The sound of a piece, which is at most about 20 s long.
    private func sound(of piece: Piece, _ voice: VoiceParameters) async throws -> ByteBuffer {
        let sound = Mutex(ByteBuffer())
        let expected = engine.expectedFormat(voice)
        let synthesis = try await engine.synthesize(piece.runs, voice) { samples, format, _ in
            // The header with the format has been sent already.
            guard format == expected else { return false }
            sound.withLock { sound in
                for index in samples.indices { sound.writeInteger(samples[index], endianness: .little) }
            }
            return true
        }
        try Task.checkCancellation()
        guard synthesis.isComplete else {
            throw Fault(.internalError, "The voice changed its sound format in the middle of a text.")
        }
        return sound.withLock { $0 }
    }
}
