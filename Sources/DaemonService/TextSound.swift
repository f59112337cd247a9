// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import NIOCore
package import Pipeline
import Sentences
package import Speech
import Synchronization
package import Utterance

/// The sound of a text for another program, piece by piece as it is made. The device plays none of it.
package struct TextSound: Sendable {
    /// Takes the next samples, 16 bit, little endian.
    package typealias Writer = (ByteBuffer) async throws -> Void

    private let engine: any SpeechEngine
    private let parameters: AnswerParameters
    private let clock: any MomentClock
    /// The format of all of the sound.
    package let format: PCMFormat
    private var stream: SentenceStream
    /// How the last piece ended.
    private var last: Piece.Boundary?

    /// - Throws: `Fault(.voiceUnknown)`.
    package init(_ parameters: AnswerParameters, engine: any SpeechEngine, clock: any MomentClock) throws(Fault) {
        try engine.check(parameters.voice)
        self.engine = engine
        self.parameters = parameters
        self.clock = clock
        format = engine.expectedFormat(parameters.voice)
        stream = SentenceStream(parameters.text)
    }

    /// Whether a whole text is spoken as a single piece, or not at all.
    package func isSinglePiece(_ text: String) -> Bool {
        var stream = stream
        let events = stream.append(text, at: clock.now, ahead: nil) + stream.finish(at: clock.now)
        return events.count { if case .piece = $0 { true } else { false } } <= 1
    }

    /// Takes text, and writes the sound of the sentences that are certain to have ended.
    ///
    /// - Throws: what the engine and `write` throw; `CancellationError`.
    package mutating func append(_ text: String, write: Writer) async throws {
        try await speak(stream.append(text, at: clock.now, ahead: nil), write)
    }

    /// Writes the sound of the rest.
    ///
    /// - Throws: the same as ``append(_:write:)``.
    package mutating func finish(write: Writer) async throws {
        try await speak(stream.finish(at: clock.now), write)
    }

    private mutating func speak(_ events: [SentenceEvent], _ write: Writer) async throws {
        for event in events {
            guard case .piece(let piece) = event else { continue }
            let pause = parameters.pauses.before(piece, after: last)
            last = piece.boundary
            let silence = format.frames(in: pause) * 2
            if silence > 0 { try await write(ByteBuffer(repeating: 0, count: silence)) }
            try await write(sound(of: piece))
        }
    }

    /// The sound of a piece, which is at most about 20 s long.
    private func sound(of piece: Piece) async throws -> ByteBuffer {
        let sound = Mutex(ByteBuffer())
        let expected = format
        let synthesis = try await engine.synthesize(piece.runs, parameters.voice) { samples, format, _ in
            // The format has been sent already.
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

extension SpeechScheduler {
    /// How a text would be read now.
    ///
    /// - Throws: `Fault(.usage)` for a value out of range.
    package func parameters(of delivery: Delivery) throws -> AnswerParameters {
        try answers.parameters(persona: nil, delivery: delivery, controls: controls)
    }

    package nonisolated var engine: any SpeechEngine { player.engine }
}
