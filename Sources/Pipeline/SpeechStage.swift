// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Speech
import Utterance

/// Turns pieces into sound, one at a time, when little enough of it lies ahead of the listener.
struct SpeechStage: Sendable {
    let parameters: AnswerParameters
    let pieces: BoundedChannel<Piece>
    let backlog: Backlog
    let output: OutputStage
    let synthesizer: Synthesizer
    let journal: Journal

    /// - Returns: the output's fault, if it failed; the text was then taken to its end all the same.
    func run() async throws -> Fault? {
        var progress = Progress()
        do {
            while let piece = try await pieces.receive() {
                guard progress.spoken < parameters.longestAnswer else {
                    endEarly()
                    break
                }
                try await speak(piece, &progress)
            }
            try Task.checkCancellation()
            try await output.drain()
            return nil
        } catch let fault as Fault {
            return try await readOn(after: fault)
        }
    }

    private struct Progress {
        var spoken: Duration = .zero
        /// How the piece before ended; `nil` at the beginning of an utterance.
        var boundary: Piece.Boundary?
    }

    private func speak(_ piece: Piece, _ progress: inout Progress) async throws {
        defer { backlog.remove(piece.index) }
        let device = try await output.ready()
        if device.isLive { try await device.waitUntilAhead(isAtMost: parameters.soundAhead) }
        guard !output.isDiscarded(piece.index) else { return }
        if try await output.beginAnewIfDiscarded() { progress.boundary = nil }
        device.begin(piece: piece.index, pause: parameters.pauses.after(progress.boundary))
        let synthesis = try await synthesizer.synthesize(piece.runs) { [output] samples, marks in
            !output.isDiscarded(piece.index) && device.write(samples, marks: marks)
        }
        device.endPiece()
        for notice in synthesis.notices { journal.add(.notice(notice)) }
        let duration = synthesizer.format.duration(ofFrames: synthesis.frames)
        journal.add(synthesized: piece.index, duration: duration)
        progress.spoken += duration
        progress.boundary = piece.boundary
    }

    /// The answer has sounded as long as it may: what was made is heard, nothing more is taken.
    private func endEarly() {
        pieces.leave()
        let seconds = Int(parameters.longestAnswer.inSeconds)
        let limit = seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
        let message = "The answer was ended after \(limit) of sound; playback.longest_answer_min sets this."
        journal.add(.notice(Notice("longest_answer", message)))
    }

    /// The sound is lost, the text is not: it is still taken and shown to its end.
    private func readOn(after fault: Fault) async throws -> Fault {
        journal.add(.notice(Notice(fault.code.rawValue, fault.message)))
        while let piece = try await pieces.receive() { backlog.remove(piece.index) }
        try Task.checkCancellation()
        return fault
    }
}
