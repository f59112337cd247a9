// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import Playback
package import Speech
package import Utterance

/// Speaks the queues. One task owns the engine and the output, and takes the next piece of the current queue.
package final class Player: Sendable {
    /// Makes the output that is used if there is no device, and a notice about it.
    package typealias Fallback = @Sendable () throws -> (output: any SoundOutput, notice: Notice)

    /// How a session ended.
    private enum Ending {
        case heard
        case cut
        case failed(Fault)
    }

    /// A piece's sound has a different format than that of the pieces before.
    private struct FormatChange: Error {
        let format: PCMFormat
    }

    package let engine: any SpeechEngine
    private let output: any SoundOutput
    private let fallback: Fallback?
    private let order = Watched(PlayOrder<SpeechQueue>())

    /// - Parameters:
    ///   - output: not shared with anything else.
    ///   - fallback: used if there is no device at all; if `nil`, that is a fault.
    package init(engine: any SpeechEngine, output: any SoundOutput, fallback: Fallback? = nil) {
        self.engine = engine
        self.output = output
        self.fallback = fallback
    }

    /// Speaks until it is cancelled, and returns once it is silent.
    package func run() async {
        async let _: Void = engine.run()
        while let queue = try? await order.wait(until: { $0.begin() }) { await play(queue) }
    }

    /// Closes the output. Nothing may be played after that.
    package func close() async {
        await output.close()
    }

    // MARK: What is heard

    /// Makes this queue the current one, starting with its first piece that was not heard to its end.
    package func select(_ queue: SpeechQueue?) {
        order.change { $0.select(queue) }
    }

    package var isPaused: Bool { order.read(\.isPaused) }

    /// Silences the output until ``resume()``, whichever queue is current; returns once it is silent.
    package func pause() async {
        order.change { $0.pause() }
        await order.waitRegardless { $0.pauseIsKept ? () : nil }
    }

    /// Continues with the word that was sounding.
    package func resume() async {
        order.change { $0.resume() }
        await order.waitRegardless { $0.pauseIsKept ? () : nil }
    }

    /// Ends a pause without waiting for the output.
    package func endPause() {
        if isPaused { order.change { $0.resume() } }
    }

    /// Mutes or unmutes the output. Playback continues at a volume of zero.
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

    /// Returns once the queue is silent.
    func leave(_ queue: SpeechQueue) async {
        order.change { $0.leave(queue) }
        // Even if this task was cancelled, the output must be free for the next queue.
        await order.waitRegardless { $0.session?.queue == queue ? nil : () }
    }

    func isOpen(_ queue: SpeechQueue) -> Bool { order.read { $0.isOpen(queue) } }

    /// Waits until the queue is paused or resumed.
    ///
    /// - Parameter before: whether it is paused now.
    /// - Throws: `CancellationError`.
    func pauseChange(of queue: SpeechQueue, from before: Bool) async throws -> Bool {
        try await order.wait { $0.isPaused(queue).flatMap { $0 == before ? nil : $0 } }
    }

    /// The output that the queue uses or will try first.
    func output(of queue: SpeechQueue) -> any SoundOutput { queue.substitute ?? output }

    // MARK: A session

    private func play(_ queue: SpeechQueue) async {
        let ending = await withTaskGroup(of: Ending?.self) { group in
            group.addTask { await self.speak(queue) }
            group.addTask {
                await self.followOrders(for: queue)
                return nil
            }
            var ending = Ending.cut
            for await result in group {
                if let result { ending = result }
                group.cancelAll()
            }
            return ending
        }
        // A pause may have come at the very end: the next session must not find the output paused.
        if order.read({ $0.session?.isPaused == true }) { await output(of: queue).drop() }
        let isOver =
            switch ending {
            case .heard: queue.end(.heard)
            case .failed(let fault): queue.end(.failed(fault))
            case .cut: queue.rewind()
            }
        order.change { $0.end(isOver: isOver) }
    }

    /// Pauses and resumes the output until the session must end.
    private func followOrders(for queue: SpeechQueue) async {
        while let due = try? await order.wait(until: { $0.order }) {
            switch due {
            case .pause: await output(of: queue).pause()
            case .resume: await output(of: queue).resume()
            case .cut: return
            }
            order.change { $0.done(due) }
        }
    }

    /// Speaks the queue. Cancelling the task interrupts it; it returns once the output is silent.
    private func speak(_ queue: SpeechQueue) async -> Ending {
        do {
            let format = queue.format ?? engine.expectedFormat(queue.voice.current)
            let output = output(of: queue)
            let reports = try await open(output, format)
            // Not cancelled along with the rest: what was heard before the drop counts.
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
        } catch let fault as Fault {
            return await recover(queue, from: fault)
        } catch {
            return .failed(Fault(.internalError, "Unexpected error, please report it: \(error)."))
        }
    }

    /// Waits until the output can be played to again, or replaces it by another; then another session plays what was
    /// not heard.
    private func recover(_ queue: SpeechQueue, from fault: Fault) async -> Ending {
        do {
            try await output(of: queue).recover(from: fault) { queue.recorder.add(.notice($0)) }
            return .cut
        } catch is CancellationError {
            return .cut
        } catch {
            guard fault.code == .deviceMissing, queue.substitute == nil, let fallback else { return .failed(fault) }
            return await substitute(fallback, for: queue, after: fault)
        }
    }

    private func substitute(_ fallback: Fallback, for queue: SpeechQueue, after fault: Fault) async -> Ending {
        do {
            // No file is created only to say that something failed, or that the answer takes a while.
            guard try await queue.isForText() else { return .failed(fault) }
            let (file, notice) = try fallback()
            queue.substitute = file
            queue.recorder.add(.notice(notice))
            return .cut
        } catch is CancellationError {
            return .cut
        } catch {
            return .failed(error as? Fault ?? fault)
        }
    }

    private func open(_ output: any SoundOutput, _ format: PCMFormat) async throws -> PlaybackReports {
        await output.recover()
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
            // Nobody listens to a file while it is being written.
            if piece.signal == .thinking, !output.isLive {
                queue.made()
                continue
            }
            if output.isLive {
                let lead = engine.leadTime(for: piece.runs, queue.voice.current)
                try await output.waitUntilAhead(isAtMost: queue.parameters.soundAhead + lead)
            }
            let pause = queue.parameters.pauses.before(piece, after: boundary)
            let sink = PieceSink(output: output, format: format, piece: piece.index, pause: pause)
            try await make(piece, of: queue, into: sink)
            // Don't mark the end of a piece whose synthesis was cancelled.
            try Task.checkCancellation()
            if let format = sink.otherFormat { throw FormatChange(format: format) }
            // Must precede the report of the end: by then, nothing of the piece may be left to synthesize.
            queue.made()
            sink.end()
            boundary = piece.boundary
        }
        try Task.checkCancellation()
    }

    private func demand(of queue: SpeechQueue) -> SpeechDemand {
        let output = output(of: queue)
        return SpeechDemand(answer: queue.recorder.answer, ahead: output.isLive ? output.ahead : nil)
    }

    private func make(_ piece: Piece, of queue: SpeechQueue, into sink: PieceSink) async throws {
        let voice = queue.voice.current
        if let signal = piece.signal, piece.runs.isEmpty {
            let sound = queue.parameters.signals.sound(of: signal, in: sink.format, volume: voice.volume)
            _ = sink.write(sound.samples.span, sound.format, [])
            return
        }
        if let sound = piece.sound {
            let samples = sound.samples(atVolume: voice.volume)
            guard sink.write(samples.span, sound.format, []) else { return }
            let synthesis = Synthesis(frames: samples.count, format: sound.format, isComplete: true)
            return queue.recorder.add(synthesized: piece.index, synthesis)
        }
        do {
            let synthesis = try await engine.synthesize(piece.runs, voice, for: demand(of: queue)) {
                sink.write($0, $1, $2)
            }
            queue.recorder.add(synthesis.notices)
            guard synthesis.isComplete, piece.signal == nil else { return }
            queue.recorder.add(synthesized: piece.index, synthesis)
        } catch SpeechFault.engine(let fault) {
            throw fault
        } catch SpeechFault.text(let fault) {
            // The next piece may still be spoken.
            queue.recorder.add([Notice(fault.code.rawValue, fault.message)])
        }
    }
}
