// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import Playback
package import Speech
package import Utterance

/// Speaks what is queued. One task owns the engine and the output, and takes the next piece of the queue that is current.
package final class Player: Sendable {
    /// Where the sound goes if there is no device, and what to say about it.
    package typealias Fallback = @Sendable () throws -> (output: any SoundOutput, notice: Notice)

    /// How a session ended.
    private enum Ending {
        case heard
        case cut
        case failed(Fault)
    }

    /// The sound of a piece comes in another format than that of the pieces before.
    private struct FormatChange: Error {
        let format: PCMFormat
    }

    package let engine: any SpeechEngine
    private let output: any SoundOutput
    private let fallback: Fallback?
    private let order = Watched(PlayOrder<SpeechQueue>())

    /// - Parameters:
    ///   - output: used by nobody else.
    ///   - fallback: used when there is no device at all; `nil`: that is a fault.
    package init(engine: any SpeechEngine, output: any SoundOutput, fallback: Fallback? = nil) {
        self.engine = engine
        self.output = output
        self.fallback = fallback
    }

    /// Speaks until it is cancelled; then it is silent.
    package func run() async {
        while let queue = try? await order.wait(until: { $0.begin() }) { await play(queue) }
    }

    /// Gives the output back. Nothing may be played afterwards.
    package func close() async {
        await output.close()
    }

    // MARK: What is heard

    /// Lets this queue be heard, from its first piece that was not heard to its end, and no other.
    package func select(_ queue: SpeechQueue?) {
        order.change { $0.select(queue) }
    }

    package var isPaused: Bool { order.current.isPaused }

    /// Silence until ``resume()``, whichever queue is current; returns when it is silent.
    package func pause() async {
        order.change { $0.pause() }
        await order.waitRegardless { $0.pauseIsKept ? () : nil }
    }

    /// Goes on at the word that was sounding.
    package func resume() async {
        order.change { $0.resume() }
        await order.waitRegardless { $0.pauseIsKept ? () : nil }
    }

    /// Ends a pause, if the silence that it made need not be waited for.
    package func endPause() {
        if isPaused { order.change { $0.resume() } }
    }

    /// Everything goes on as before, at a volume of zero.
    package func mute(_ isMuted: Bool) {
        output.mute(isMuted)
    }

    // MARK: For the queues

    func want(_ queue: SpeechQueue) {
        order.change { $0.want(queue) }
    }

    func restart(_ queue: SpeechQueue) {
        order.change { $0.restart(queue) }
    }

    /// Returns when nothing of the queue is heard any more.
    func leave(_ queue: SpeechQueue) async {
        order.change { $0.leave(queue) }
        // The output has to be free for the next one, even if that task is being cancelled.
        await order.waitRegardless { $0.session?.queue == queue ? nil : () }
    }

    func isOpen(_ queue: SpeechQueue) -> Bool { order.current.isOpen(queue) }

    /// Waits until the queue is held up by a pause, or is not any more, other than it was `before`.
    ///
    /// - Throws: `CancellationError`.
    func pauseChange(of queue: SpeechQueue, from before: Bool) async throws -> Bool {
        try await order.wait { $0.isPaused(queue).flatMap { $0 == before ? nil : $0 } }
    }

    /// The output that the queue uses, or will try.
    func output(of queue: SpeechQueue) -> any SoundOutput { queue.substitute ?? output }

    // MARK: A session

    private func play(_ queue: SpeechQueue) async {
        let ending = await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await self.speak(queue) }
            group.addTask {
                await self.obeyOrders(for: queue)
                return nil
            }
            var ending = Ending.cut
            for await result in group {
                if let result { ending = result }
                group.cancelAll()
            }
            return ending
        }
        // A pause may have come as it ended: the next session must not find the output paused.
        if order.current.session?.isPaused == true { await output(of: queue).drop() }
        let isOver =
            switch ending {
            case .heard: queue.end(.heard)
            case .failed(let fault): queue.end(.failed(fault))
            case .cut: queue.rewind()
            }
        order.change { $0.end(isOver: isOver) }
    }

    /// Pauses and resumes the output until the session is to end.
    private func obeyOrders(for queue: SpeechQueue) async {
        while let due = try? await order.wait(until: { $0.order }) {
            switch due {
            case .pause: await output(of: queue).pause()
            case .resume: await output(of: queue).resume()
            case .cut: return
            }
            order.change { $0.obeyed(due) }
        }
    }

    /// Cancelling it is the barge-in: it returns when the output is silent.
    private func speak(_ queue: SpeechQueue) async -> Ending {
        do {
            let format = queue.format ?? engine.expectedFormat(queue.voice.current)
            let (output, reports) = try await open(for: queue, format)
            // Not cancelled with the rest: what was heard up to the drop counts.
            async let listening: Void = { for await report in reports { queue.note(report) } }()
            do {
                do {
                    try await speakAll(of: queue, on: output, format)
                } catch let change as FormatChange {
                    try await output.drain()
                    await listening
                    queue.format = change.format
                    return .cut
                }
                try await output.drain()
            } catch {
                await output.drop()
                await listening
                throw error
            }
            await listening
            return .heard
        } catch is CancellationError {
            return .cut
        } catch {
            return .failed(error as? Fault ?? Fault(.internalError, "Unexpected error, please report it: \(error)."))
        }
    }

    /// - Returns: the output that did open, and its reports.
    private func open(
        for queue: SpeechQueue, _ format: PCMFormat
    ) async throws -> (any SoundOutput, PlaybackReports) {
        let output = output(of: queue)
        await output.recover()
        do {
            return (output, try await open(output, format))
        } catch let fault as Fault {
            // Only to say that something failed, or that the answer takes long, no file is made.
            guard fault.code == .deviceMissing, let fallback, try await queue.isForText() else { throw fault }
            let (file, notice) = try fallback()
            let reports = try await open(file, format)
            queue.substitute = file
            queue.journal.add(.notice(notice))
            return (file, reports)
        }
    }

    private func open(_ output: any SoundOutput, _ format: PCMFormat) async throws -> PlaybackReports {
        let reports = output.startUtterance()
        do {
            try await output.open(format)
        } catch {
            await output.drop()
            throw error
        }
        return reports
    }

    private func speakAll(of queue: SpeechQueue, on output: any SoundOutput, _ format: PCMFormat) async throws {
        var boundary: Piece.Boundary?
        while let piece = try await queue.next() {
            defer { queue.made() }
            // Nobody waits for a file.
            if piece.signal == .thinking, !output.isLive { continue }
            if output.isLive { try await output.waitUntilAhead(isAtMost: queue.parameters.soundAhead) }
            let pause = queue.parameters.pauses.before(piece, after: boundary)
            let sink = PieceSink(output: output, format: format, piece: piece.index, pause: pause)
            try await make(piece, of: queue, into: sink)
            // Of a piece that was cut in its middle the output must not think that this is its end.
            try Task.checkCancellation()
            if let format = sink.otherFormat { throw FormatChange(format: format) }
            sink.end()
            boundary = piece.boundary
        }
        try Task.checkCancellation()
    }

    private func make(_ piece: Piece, of queue: SpeechQueue, into sink: PieceSink) async throws {
        let voice = queue.voice.current
        if let signal = piece.signal, piece.runs.isEmpty {
            _ = sink.write(Earcon(signal).samples(in: sink.format, volume: voice.volume).span, sink.format, [])
            return
        }
        do {
            let synthesis = try await engine.synthesize(piece.runs, voice) { sink.write($0, $1, $2) }
            queue.journal.add(synthesis.notices)
            guard synthesis.isComplete, piece.signal == nil else { return }
            queue.journal.add(synthesized: piece.index, duration: synthesis.duration)
        } catch SpeechFault.engine(let fault) {
            throw fault
        } catch SpeechFault.text(let fault) {
            // The next piece can be spoken.
            queue.journal.add([Notice(fault.code.rawValue, fault.message)])
        }
    }
}
