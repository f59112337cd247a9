// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Playback
import Synchronization
import Utterance

/// The output of one answer, which it uses in turns while it has the floor.
///
/// A turn is one utterance of the output: opened, spoken to, listened to until its last sample was heard or it was
/// dropped. Nothing else touches the output, so that between two turns it can be another answer's.
final class OutputStage: Sendable {
    /// Gives the output pieces; cancelled when the turn is cut.
    typealias Speaking = @Sendable (any SoundOutput) async throws -> Void

    enum Purpose: Sendable {
        case nothing
        case answer
        /// Only the word that something failed; not worth a file.
        case fault
        /// That the answer takes long; what the answer itself needs is not known yet.
        case waiting
    }

    /// Who has to wait, or is paused, has time for whole sentences. Short, since a grant is not noticed before.
    private static let aheadWhileWaiting = Duration.seconds(1)

    private let output: Mutex<any SoundOutput>
    private let fallback: Answer.Fallback?
    private let format: PCMFormat
    private let floor: Floor
    private let journal: Journal
    private let wanted = Watched<Purpose?>(nil)
    /// Pieces before this index are not to be heard any more.
    private let firstKept = Atomic(0)

    init(
        output: any SoundOutput, fallback: Answer.Fallback?, format: PCMFormat, floor: Floor, journal: Journal
    ) {
        self.output = Mutex(output)
        self.fallback = fallback
        self.format = format
        self.floor = floor
        self.journal = journal
    }

    /// The output that is used, or will be tried.
    private var current: any SoundOutput { output.withLock { $0 } }

    // MARK: For who cuts the text

    /// Whether a listener hears, now or later, what is said.
    var isHeard: Bool { current.isLive && !floor.isSilent }

    /// Sound ahead of the listener, or as good as that; `nil` if nobody listens.
    var ahead: Duration? {
        guard isHeard else { return nil }
        return floor.isOpen ? current.ahead : Self.aheadWhileWaiting
    }

    /// There will be something to say: the device may be opened. The first call counts of this and the next two.
    func opensForAnswer() { want(.answer) }

    /// Something failed and the listener should hear of it.
    func opensForFault() { want(.fault) }

    /// The text has ended; if nothing was to be said, the device is left alone.
    func mayStayClosed() { want(.nothing) }

    /// The listener should hear that they have to wait.
    func opensForWaiting() { want(.waiting) }

    private func want(_ purpose: Purpose) {
        wanted.change { if $0 == nil || $0 == .waiting { $0 = purpose } }
    }

    /// Silences every piece before `index`; returns when that is done.
    func discard(before index: Int) async {
        firstKept.store(index, ordering: .releasing)
        await floor.cutTurn()
    }

    // MARK: For who speaks

    func isDiscarded(_ piece: Piece) -> Bool {
        piece.signal == nil && piece.index < firstKept.load(ordering: .acquiring)
    }

    /// Waits until it is known what the output is for.
    func purpose() async throws -> Purpose {
        try await wanted.wait { $0 }
    }

    /// Waits until it is known what it is for apart from the waiting.
    func purposeOfAnswer() async throws -> Purpose {
        try await wanted.wait { $0 == .waiting ? nil : $0 }
    }

    /// Has turns until one was heard to its end. What was heard of a turn stands in the journal when the next begins.
    ///
    /// - Returns: false if the answer is not to be heard any more.
    /// - Throws: the ``Fault`` of an output that did not open or failed; `CancellationError`.
    func haveTurns(_ speak: @escaping Speaking) async throws -> Bool {
        while try await floor.take() {
            let isHeard = await haveTurn(speak)
            // The output may be another answer's next, which must not find it paused.
            if floor.isTurnPaused { await current.drop() }
            floor.giveBack()
            if try isHeard.get() { return true }
            try Task.checkCancellation()
        }
        return false
    }

    /// - Returns: whether it was heard to its end; if not, it was cut.
    private func haveTurn(_ speak: @escaping Speaking) async -> Result<Bool, any Error> {
        await current.recover()
        let reports = current.startUtterance()
        return await withTaskGroup(of: Result<Bool, any Error>?.self) { group in
            group.addTask { await self.utter(speak, reports) }
            group.addTask {
                await self.obeyFloor()
                return nil
            }
            var isHeard = Result<Bool, any Error>.success(false)
            for await result in group {
                if let result { isHeard = result }
                group.cancelAll()
            }
            return isHeard
        }
    }

    /// One utterance. Cancelling it is the barge-in: it returns when the output is silent.
    private func utter(_ speak: Speaking, _ reports: PlaybackReports) async -> Result<Bool, any Error> {
        do {
            let reports = try await open(reports)
            // Not cancelled with the rest: what was heard up to the drop counts.
            async let listening: Void = listen(to: reports)
            do {
                try await speak(current)
                try await current.drain()
            } catch {
                await current.drop()
                await listening
                throw error
            }
            await listening
            return .success(true)
        } catch is CancellationError {
            return .success(false)
        } catch {
            return .failure(error)
        }
    }

    private func listen(to reports: PlaybackReports) async {
        for await report in reports { journal.add(report) }
    }

    /// Pauses and resumes as the floor says, until the turn is to end.
    private func obeyFloor() async {
        while let order = try? await floor.nextOrder() {
            switch order {
            case .pause: await current.pause()
            case .resume: await current.resume()
            case .endTurn: return
            }
            floor.obeyed(order)
        }
    }

    // MARK: Opening

    /// - Returns: the reports of the output that did open.
    private func open(_ reports: PlaybackReports) async throws -> PlaybackReports {
        do {
            try await open(current)
            return reports
        } catch let fault as Fault {
            guard fault.code == .deviceMissing, let fallback, try await purposeOfAnswer() == .answer else {
                throw fault
            }
            let (file, notice) = try fallback()
            let reports = file.startUtterance()
            try await open(file)
            output.withLock { $0 = file }
            journal.add(.notice(notice))
            return reports
        }
    }

    private func open(_ output: any SoundOutput) async throws {
        do {
            try await output.open(format)
        } catch {
            await output.drop()
            throw error
        }
    }
}
