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

/// `POST /v1/audio/speech`: the sound of a text, sent piece by piece as it is made. The speaker has no part in it.
struct SpeechEndpoint: Sendable {
    let backend: HTTPBackend

    private var engine: any SpeechEngine { backend.speaker.player.engine }

    func answer(_ request: Request) async throws -> Response {
        var request = request
        var members = try await request.members(backend)
        return try await response(try SpeechCall(&members, limits: backend.limits), to: request)
    }

    private func response(_ call: SpeechCall, to request: Request) async throws -> Response {
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
                try await backend.whileConnected(to: request, hearing: nil) {
                    if call.format == .wav {
                        try await writer.write(ByteBuffer(bytes: WAVHeader(format: format, frames: nil).bytes))
                    }
                    try await write(call.text, parameters, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    private func parameters(_ call: SpeechCall) async throws -> AnswerParameters {
        let (parts, controls) = await (backend.speaker.parts, backend.speaker.controls)
        func parameters(rate: Int?) throws -> AnswerParameters {
            let delivery = Delivery(policy: .queue, voice: call.voice, rate: rate)
            return try parts.parameters(persona: nil, delivery: delivery, controls: controls)
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

    /// A piece's sound; it is at most about 20 s long.
    private func sound(of piece: Piece, _ voice: VoiceParameters) async throws -> ByteBuffer {
        let sound = Mutex(ByteBuffer())
        let expected = engine.expectedFormat(voice)
        let synthesis = try await engine.synthesize(piece.runs, voice) { samples, format, _ in
            // The header has been sent.
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
