// SPDX-License-Identifier: GPL-3.0-or-later
package import Host
import LanguageModel
package import Logging
package import Pipeline
import Settings
import Synchronization
package import Utterance

/// Loads the model before anybody asks: when the settings were read, and again after an answer found the server
/// missing. Its requests are separate; stopping an answer does not stop them.
package final class WarmUp: Sendable {
    private struct State {
        var answers: ConfiguredAnswers?
        var model: String?
        var address: String?
        var missing: Notice? = WarmUp.notLoaded
    }

    /// The pause between two attempts, which is doubled each time.
    private static let pauses = Duration.seconds(1)...Duration.seconds(60)
    /// The longest pause while the demo answers, since clients show that it does until the model is loaded.
    private static let longestPauseOfDemo = Duration.seconds(10)
    private static let notLoaded = Notice("model_loading", "The model is not loaded yet.")

    private let notifier: Notifier?
    private let logger: Logger
    private let clock: any MomentClock
    private let state = Mutex(State())
    /// What to load next; only the latest request counts.
    private let requests: AsyncStream<ConfiguredAnswers>
    private let sink: AsyncStream<ConfiguredAnswers>.Continuation
    /// Called when what is missing may have changed.
    private let changed: @Sendable () -> Void

    package init(
        notifier: Notifier?, logger: Logger, clock: any MomentClock = MonotonicClock(),
        changed: @escaping @Sendable () -> Void = {}
    ) {
        self.notifier = notifier
        self.logger = logger
        self.clock = clock
        self.changed = changed
        (requests, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Why an answer would not start at once; `nil` if it would.
    package var missing: Notice? { state.withLock(\.missing) }

    /// The model that answers; `nil`: one of the installed ones.
    package var model: String? { state.withLock(\.model) }

    /// The address of the server that answers; `nil` while that is not known, and for the demo.
    package var address: String? { state.withLock(\.address) }

    /// Requests loading the model of these settings.
    package func load(_ answers: ConfiguredAnswers) {
        state.withLock { $0.answers = answers }
        sink.yield(answers)
    }

    /// Observes the daemon's answers. Faults that a client can cause, by naming a model that is missing or too large,
    /// say nothing about the next answer.
    package func note(_ event: Event) {
        let isMissing =
            switch event.kind {
            case .failed(let fault, _):
                [.modelUnreachable, .modelNoneInstalled, .modelUnauthorized].contains(fault.code)
            case .notice(let notice): notice.code == Notice.takesOverCode
            default: false
            }
        guard isMissing, let answers = state.withLock(\.answers) else { return }
        sink.yield(answers)
    }

    /// Loads what was requested until it is ready or until the next request. Runs until the task is cancelled.
    package func run() async {
        var iterator = requests.makeAsyncIterator()
        var next = await iterator.next()
        while let answers = next {
            next = await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.warm(answers) }
                defer { group.cancelAll() }
                return await iterator.next()
            }
        }
    }

    private func warm(_ answers: ConfiguredAnswers) async {
        let name = answers.settings.model.name
        guard answers.settings.model.preload else { return report("Ready.", model: name) }
        report("Loading the model.", model: name, missing: Self.notLoaded)
        var pause = Self.pauses.lowerBound
        var logged: String?
        while true {
            do {
                let start = clock.now
                let loaded = try await answers.preload()
                let time = Int(start.duration(to: clock.now).inMilliseconds)
                logger.notice("The model is loaded.", metadata: ["model": "\(loaded.model)", "ms": "\(time)"])
                guard let fault = loaded.failure else {
                    answers.returnToPreferred()
                    return report("Ready: \(loaded.model) answers.", model: loaded.model, address: loaded.address)
                }
                try await substitute(loaded, after: fault, answers)
                return
            } catch let fault as Fault where fault.code == .modelUnreachable && answers.demoMayAnswer {
                report("Ready: the demo answers until a model server does.", model: DemoModel.name)
                if fault.message != logged {
                    logger.notice(
                        "No model server answers, so the demo does until one is there: \(fault.message)",
                        metadata: ["code": "demo_model"])
                }
                logged = fault.message
                pause = min(pause, Self.longestPauseOfDemo)
            } catch let fault as Fault {
                report("Not ready: \(fault.message)", model: name, missing: Notice(fault.code.rawValue, fault.message))
                if fault.message != logged {
                    logger.warning(
                        "The model can't be loaded yet; trying again: \(fault.message)",
                        metadata: ["code": "\(fault.code.rawValue)"])
                }
                logged = fault.message
            } catch {
                return
            }
            do { try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: .seconds(1)) } catch { return }
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Lets another server answer until the preferred one passed two checks in a row.
    private func substitute(
        _ loaded: ConfiguredAnswers.Preloaded, after fault: Fault, _ answers: ConfiguredAnswers
    ) async throws {
        let address = loaded.address ?? ""
        report(
            "Ready: \(loaded.model) at \(address) answers. \(fault.message)", model: loaded.model, address: address)
        logger.warning(
            "\(fault.message) The server at \(address) answers in the meantime.",
            metadata: ["code": "\(Notice.takesOverCode)"])
        var pause = Self.pauses.lowerBound
        var successes = 0
        while true {
            try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: .seconds(1))
            do {
                let model = try await answers.preloadPreferred()
                successes += 1
                guard successes == 2 else { continue }
                answers.returnToPreferred()
                let preferred = answers.preferredAddress
                logger.notice("The preferred model server answers again.", metadata: ["server": "\(preferred ?? "")"])
                return report("Ready: \(model) answers.", model: model, address: preferred)
            } catch is Fault {
                successes = 0
                // Shorter than the rest of a failed server, so that no question is sent there in the meantime.
                pause = min(pause * 2, .seconds(30))
            }
        }
    }

    private func report(_ status: String, model: String?, address: String? = nil, missing: Notice? = nil) {
        state.withLock { ($0.model, $0.address, $0.missing) = (model, address, missing) }
        notifier?.send(.status(status))
        changed()
    }
}
