// SPDX-License-Identifier: GPL-3.0-or-later
import Playback
import Speech
import Utterance

/// Turns pieces into sound while the answer has the floor, one at a time, when little enough of it lies ahead of the
/// listener.
struct SpeechStage: Sendable {
    let parameters: AnswerParameters
    let pieces: PieceQueue
    let output: OutputStage
    let synthesizer: Synthesizer
    let journal: Journal

    /// - Returns: the output's fault, if it failed; the text was then taken to its end all the same.
    func run() async throws -> Fault? {
        guard try await output.purpose() != .nothing else { return nil }
        do {
            let wasHeard = try await output.haveTurns { try await speakAll(on: $0) }
            guard wasHeard else {
                try await readOn()
                return nil
            }
            return journal.silence
        } catch let fault as Fault {
            // That a signal could not be given is not worth a fault.
            guard try await output.purposeOfAnswer() == .answer else {
                try await readOn()
                return nil
            }
            journal.add(.notice(Notice(fault.code.rawValue, fault.message)))
            try await readOn()
            return fault
        }
    }

    /// A turn: what was not heard in the turn before, and then what comes.
    private func speakAll(on device: any SoundOutput) async throws {
        pieces.rewind()
        var boundary: Piece.Boundary?
        while let (piece, isNew) = try await pieces.next() {
            guard !isNew || journal.summary.sound < parameters.longestAnswer else {
                endEarly()
                break
            }
            try await speak(piece, after: boundary, on: device)
            boundary = piece.boundary
        }
        try Task.checkCancellation()
    }

    /// On the voice's thread also where nothing is said: an output that is a pipe waits for its reader.
    ///
    /// - Parameter boundary: how the piece before it ended; `nil` at the beginning of a turn.
    @SpeechThread
    private func speak(_ piece: Piece, after boundary: Piece.Boundary?, on device: any SoundOutput) async throws {
        defer { pieces.made(piece) }
        // Nobody waits for a file.
        if piece.signal == .thinking, !device.isLive { return }
        if device.isLive { try await device.waitUntilAhead(isAtMost: parameters.soundAhead) }
        device.begin(piece: piece.index, pause: parameters.pauses.before(piece, after: boundary))
        if let signal = piece.signal, piece.runs.isEmpty {
            let samples = Earcon(signal).samples(in: synthesizer.format, volume: parameters.voice.volume)
            _ = device.write(samples.span, marks: [])
            return device.endPiece()
        }
        let synthesis = try synthesizer.synthesize(piece.runs) { samples, marks in
            device.write(samples, marks: marks)
        }
        // Of a piece that was cut in its middle the output must not think that this is its end.
        try Task.checkCancellation()
        device.endPiece()
        journal.add(synthesis.notices)
        guard synthesis.isComplete, piece.signal == nil else { return }
        journal.add(synthesized: piece.index, duration: synthesizer.format.duration(ofFrames: synthesis.frames))
    }

    /// The answer has sounded as long as it may: what was made is heard, nothing more is taken.
    private func endEarly() {
        pieces.leave()
        let seconds = Int(parameters.longestAnswer.inSeconds)
        let limit = seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
        let message = "The answer was ended after \(limit) of sound; playback.longest_answer_min sets this."
        journal.add(.notice(Notice("longest_answer", message)))
    }

    /// The sound is lost or not wanted, the text is not: it is still taken and shown to its end.
    private func readOn() async throws {
        try await pieces.skipAll { journal.forget($0) }
        try Task.checkCancellation()
    }
}
