// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import ServiceClient
import Utterance

/// An answer that the daemon speaks.
struct DaemonAnswer: SpokenAnswer {
    let daemon: DaemonClient
    let request: DaemonRequest
    /// Called if other answers speak first, with their number.
    var onWaiting: @Sendable (Int) -> Void = { _ in }

    func run(
        until stop: AsyncStream<Never>, _ handler: @escaping @Sendable (Event) -> Void
    ) async throws -> Answer.Ending {
        let progress = DaemonAnswerProgress()
        return try await withThrowingTaskGroup(of: Answer.Ending?.self) { group in
            group.addTask { try await follow(progress, handler) }
            group.addTask {
                for await _ in stop {}
                // Asked to stop, the daemon still tells what was heard. Where that fails, hanging up stops it.
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
                    if let notice = progress.add(event) { handler(notice) }
                    handler(event)
                    if let ending = progress.ending(with: event) { return ending }
                case .missed: hasMissed = true
                case .controls, .other: break
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
