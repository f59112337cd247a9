// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Synchronization
import Utterance

/// The output of one answer: opened when the first text comes, listened to until all was heard.
final class OutputStage: Sendable {
    private let chosen: any SoundOutput
    private let fallback: Answer.Fallback?
    private let format: PCMFormat
    private let journal: Journal
    private enum Purpose {
        case nothing
        case answer
        /// Only the sentence that something failed; not worth a file.
        case fault
    }

    private let wanted = Promise<Purpose>()
    private let opened = Promise<Result<any SoundOutput, Fault>>()
    /// The utterances to be listened to; more than one if text was discarded.
    private let utterances = BoundedChannel<PlaybackReports>(capacity: 2)
    /// Pieces before this index are not to be heard any more.
    private let firstKept = Atomic(0)
    /// A discard has ended the utterance; what is kept needs a new one.
    private let isBroken = Atomic(false)

    init(output: any SoundOutput, fallback: Answer.Fallback?, format: PCMFormat, journal: Journal) {
        self.chosen = output
        self.fallback = fallback
        self.format = format
        self.journal = journal
    }

    /// The output that is used, or until then the one that will be tried.
    private var current: any SoundOutput {
        if case .success(let output) = opened.current { output } else { chosen }
    }

    var isLive: Bool { current.isLive }
    var ahead: Duration { opened.current == nil ? .zero : current.ahead }

    /// There will be something to say: the device may be opened.
    func opensForAnswer() {
        wanted.keep(.answer)
    }

    /// Something failed and the listener should hear of it.
    ///
    /// - Returns: whether there is an output to say it with.
    func opensForFault() async throws -> Bool {
        wanted.keep(.fault)
        if case .success = try await opened.value() { return true }
        return false
    }

    /// The text has ended; if nothing was to be said, the device is left alone.
    func mayStayClosed() {
        wanted.keep(.nothing)
    }

    /// Opens the device as soon as it is wanted. A fault is told to who asks for ``ready()``.
    func open() async throws {
        let purpose = try await wanted.value()
        guard purpose != .nothing else { return utterances.finish() }
        let result: Result<any SoundOutput, Fault>
        do {
            result = .success(try await begin(chosen))
        } catch let fault as Fault {
            result = purpose == .answer ? await openFallback(insteadOf: fault) : .failure(fault)
        }
        if case .failure = result { utterances.finish() }
        opened.keep(result)
    }

    private func begin(_ output: any SoundOutput) async throws -> any SoundOutput {
        let reports = output.startUtterance()
        try await output.open(format)
        try await utterances.send(reports)
        return output
    }

    private func openFallback(insteadOf fault: Fault) async -> Result<any SoundOutput, Fault> {
        guard fault.code == .deviceMissing, let fallback else { return .failure(fault) }
        do {
            let (output, notice) = try fallback()
            _ = try await begin(output)
            journal.add(.notice(notice))
            return .success(output)
        } catch {
            return .failure(error as? Fault ?? fault)
        }
    }

    /// Waits until the output is open.
    ///
    /// - Throws: the fault with which it did not open; `CancellationError`.
    func ready() async throws -> any SoundOutput {
        try await opened.value().get()
    }

    /// Waits until the last sample was heard; there is no utterance after it.
    func drain() async throws {
        guard try await wanted.value() != .nothing, case .success(let output) = try await opened.value() else { return }
        defer { utterances.finish() }
        try await output.drain()
    }

    /// Writes into the journal what is heard, utterance after utterance. Ends when drained or dropped.
    func listen() async throws {
        while let reports = try await utterances.receive() {
            for await report in reports { journal.add(report) }
        }
    }

    func isDiscarded(_ index: Int) -> Bool {
        index < firstKept.load(ordering: .acquiring)
    }

    /// Silences every piece before `index`; what follows is a new utterance.
    func discard(before index: Int) async {
        firstKept.store(index, ordering: .releasing)
        guard case .success(let output) = opened.current else { return }
        await output.drop()
        isBroken.store(true, ordering: .releasing)
    }

    /// Called by the producer before a piece, when nothing of an older utterance is still being written.
    ///
    /// - Returns: whether a new utterance begins.
    func beginAnewIfDiscarded() async throws -> Bool {
        guard isBroken.exchange(false, ordering: .acquiringAndReleasing) else { return false }
        _ = try await begin(ready())
        return true
    }

    /// Barge-in, or the end of a failed answer: silence now, and the end of the reports.
    func drop() async {
        if case .success(let output) = opened.current { await output.drop() }
        utterances.finish()
    }
}
