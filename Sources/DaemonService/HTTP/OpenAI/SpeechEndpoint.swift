// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline
import Playback
import Speech
import Utterance

/// `POST /v1/audio/speech`: the sound of a text, sent piece by piece as it is made. The device plays none of it.
struct SpeechEndpoint: Sendable {
    let backend: HTTPBackend

    private var engine: any SpeechEngine { backend.scheduler.engine }

    func answer(_ request: Request) async throws -> Response {
        var request = request
        var fields = try await request.fields(backend)
        return try await response(try SpeechRequest(&fields, limits: backend.limits), to: request)
    }

    private func response(_ call: SpeechRequest, to request: Request) async throws -> Response {
        let sound = try TextSound(try await parameters(call), engine: engine, clock: backend.clock)
        let type =
            switch call.format {
            case .wav: "audio/wav"
            case .pcm: "audio/pcm; rate=\(sound.format.rate); channels=1"
            }
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store", .connection: "close"],
            body: ResponseBody { writer in
                try await backend.whileConnected(to: request, stopping: nil) {
                    try await write(call, sound, to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    private func parameters(_ call: SpeechRequest) async throws -> AnswerParameters {
        func parameters(rate: Int?) async throws -> AnswerParameters {
            try await backend.scheduler.parameters(of: Delivery(policy: .queue, voice: call.voice, rate: rate))
        }
        let usual = try await parameters(rate: nil)
        return call.speed == 1 ? usual : try await parameters(rate: call.rate(usual.voice.rate))
    }

    private func write(
        _ call: SpeechRequest, _ sound: TextSound, to writer: inout any ResponseBodyWriter
    ) async throws {
        var sound = sound
        guard call.format == .wav, sound.isSinglePiece(call.text) else {
            if call.format == .wav {
                try await writer.write(ByteBuffer(bytes: WAVHeader(format: sound.format, frames: nil).bytes))
            }
            try await sound.append(call.text) { try await writer.write($0) }
            return try await sound.finish { try await writer.write($0) }
        }
        // The length of a single piece is known before any of it is sent.
        var samples = ByteBuffer()
        try await sound.append(call.text) { samples.writeImmutableBuffer($0) }
        try await sound.finish { samples.writeImmutableBuffer($0) }
        let header = WAVHeader(format: sound.format, frames: samples.readableBytes / 2)
        try await writer.write(ByteBuffer(bytes: header.bytes))
        try await writer.write(samples)
    }
}
