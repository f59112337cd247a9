// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonClient
import Pipeline
import Synchronization
import Utterance

/// An answer that the daemon speaks.
struct DaemonAnswer: SpokenAnswer {
    let daemon: DaemonClient
    let request: DaemonRequest
    /// Called with the number of answers that will speak first, if there are any.
    var onWaiting: @Sendable (Int) -> Void = { _ in }

    func run(
        until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws -> Answer.Ending {
        let progress = DaemonAnswerProgress()
        return try await withThrowingTaskGroup(of: Answer.Ending?.self) { group in
            group.addTask { try await follow(progress, handler) }
            group.addTask {
                for await _ in stop {}
                progress.stopIsOurs()
                // When asked to stop, the daemon still reports what was heard. If that fails, hanging up stops the
                // answer.
                guard let answer = progress.answer, (try? await daemon.stop(answer)) != nil else { return .stopped }
                return nil
            }
            var ending: Answer.Ending?
            for try await result in group where result != nil {
                ending = ending ?? result
                group.cancelAll()
            }
            return ending ?? .stopped
        }
    }

    /// - Returns: `nil` if the task was cancelled.
    private func follow(
        _ progress: DaemonAnswerProgress, _ handler: @Sendable (Event) -> Void
    ) async throws -> Answer.Ending? {
        var hasMissed = false
        do {
            for try await event in try await request.send(to: daemon) {
                switch event {
                case .queued(let queued):
                    progress.begin(queued.answer)
                    if queued.ahead > 0 { onWaiting(queued.ahead) }
                case .answer(let event):
                    for notice in progress.add(event) { handler(notice) }
                    handler(event)
                    if let ending = progress.ending(with: event) { return ending }
                case .missed: hasMissed = true
                case .refused, .controls, .speaker, .other: break
                }
            }
            throw hasMissed ? Fault.endLost : .daemonDied
        } catch is CancellationError {
            return nil
        } catch let fault as Fault {
            guard let last = progress.end(with: fault) else { throw fault }
            handler(last)
            return .failed(fault)
        }
    }
}

extension AnswerRun {
    /// Makes the daemon speak an answer.
    ///
    /// - Parameter awaited: what the status line says it is waiting for; `nil`: nothing.
    func speak(_ request: DaemonRequest, _ daemon: DaemonClient, from awaited: String?) async throws {
        if awaited != nil { status.wait(for: StatusText().daemon) }
        let answer = DaemonAnswer(daemon: daemon, request: request) { [status] ahead in
            status.wait(for: StatusText().turn(behind: ahead))
        }
        try await run(answer, from: awaited)
    }
}

/// The progress of an answer that the daemon speaks: its name, and its statistics for a last event in case the daemon
/// dies before it sends one.
final class DaemonAnswerProgress: Sendable {
    private struct State {
        var answer: String?
        var last: Event?
        var summary = Event.Summary()
        var hasGap = false
        var stopIsOurs = false
    }

    private let state = Mutex(State())

    /// The answer's name; `nil` until the daemon has sent it.
    var answer: String? { state.withLock(\.answer) }

    func begin(_ answer: String) {
        state.withLock { $0.answer = answer }
    }

    /// Records that the user of this process requested the stop.
    func stopIsOurs() {
        state.withLock { $0.stopIsOurs = true }
    }

    /// Records an event.
    ///
    /// - Returns: the notices to show before it: that events were lost, the first time; and that somebody else stopped
    ///   the answer.
    func add(_ event: Event) -> [Event] {
        state.withLock { state in
            let expected = state.last.map { $0.sequence + 1 } ?? 0
            state.answer = event.answer
            state.last = event
            switch event.kind {
            case .text(let text): state.summary.textBytes += text.utf8.count
            case .piece: state.summary.pieces += 1
            case .word(let word): state.summary.heardEnd = max(state.summary.heardEnd, word.start)
            default: break
            }
            var notices: [Notice] = []
            if event.sequence > expected, !state.hasGap {
                state.hasGap = true
                notices.append(Self.gap)
            }
            if case .stopped = event.kind, !state.stopIsOurs { notices.append(Self.foreignStop) }
            return notices.map { notice in
                Event(
                    answer: event.answer, sequence: event.sequence - 1, milliseconds: event.milliseconds,
                    kind: .notice(notice))
            }
        }
    }

    private static let foreignStop = Notice(
        "stopped_elsewhere", "Another program stopped the answer, or the daemon is stopping.")

    private static let gap = Notice(
        "events_lost", "Some events were lost, since they were read too slowly; the daemon continued to speak.")

    /// How the answer ended, if `event` is its last one. A text with gaps counts as failed.
    func ending(with event: Event) -> Answer.Ending? {
        switch event.kind {
        case .finished(let summary):
            state.withLock(\.summary.textBytes) < summary.textBytes ? .failed(.textLost) : .finished
        case .stopped: .stopped
        case .failed(let fault, _): .failed(fault)
        default: nil
        }
    }

    /// The last event of an answer whose connection failed; `nil` if there were no events before.
    func end(with fault: Fault) -> Event? {
        state.withLock { state in
            guard let last = state.last else { return nil }
            state.summary.total = .milliseconds(last.milliseconds)
            return Event(
                answer: last.answer, sequence: last.sequence + 1, milliseconds: last.milliseconds,
                kind: .failed(fault, state.summary))
        }
    }
}

/// A request for the daemon to speak.
enum DaemonRequest: Sendable {
    case ask(AskRequest)
    case say(String, Delivery)
    /// Standard input as it arrives.
    case sayInput(Delivery)
    case signal(AudibleSignal)

    /// Sends the request.
    ///
    /// - Returns: the answer's events.
    /// - Throws: `Fault` if the daemon rejects the request or can't be reached.
    func send(to daemon: DaemonClient) async throws -> DaemonEvents {
        switch self {
        case .ask(let question): return try await daemon.ask(question)
        case .say(let text, let delivery): return try await daemon.say(text, delivery)
        case .signal(let signal): return try await daemon.signal(signal)
        case .sayInput(let delivery):
            let input = try StandardInput()
            return try await daemon.say(AsyncThrowingStream { try await input.read() }, delivery)
        }
    }
}
