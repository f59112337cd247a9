// SPDX-License-Identifier: GPL-3.0-or-later
package import Host
import LanguageModel
package import Logging
package import Pipeline
import Settings
import Synchronization
package import Utterance

/// Loads the model before anybody asks: when settings were read, and again after an answer found its server missing.
/// Its requests are its own; stopping an answer does not stop them.
package final class WarmUp: Sendable {
    private struct State {
        var answers: ConfiguredAnswers?
        var model: String?
        var missing: Notice? = WarmUp.notLoaded
    }

    /// The pause between two attempts; doubled each time.
    private static let pauses = Duration.seconds(1)...Duration.seconds(60)
    /// The longest pause while the demo answers: clients show that it does until the model is loaded.
    private static let longestPauseOfDemo = Duration.seconds(10)
    private static let notLoaded = Notice("model_loading", "The model is not loaded yet.")

    private let notifier: Notifier?
    private let logger: Logger
    private let clock: any MomentClock
    private let state = Mutex(State())
    /// What to load next; only the latest counts.
    private let requests: AsyncStream<ConfiguredAnswers>
    private let sink: AsyncStream<ConfiguredAnswers>.Continuation

    package init(notifier: Notifier?, logger: Logger, clock: any MomentClock = MonotonicClock()) {
        self.notifier = notifier
        self.logger = logger
        self.clock = clock
        (requests, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Why an answer would not start at once; `nil` if it would.
    package var missing: Notice? { state.withLock(\.missing) }

    /// The model that answers; `nil`: one that is installed.
    package var model: String? { state.withLock(\.model) }

    /// Has the model of these settings loaded.
    package func load(_ answers: ConfiguredAnswers) {
        state.withLock { $0.answers = answers }
        sink.yield(answers)
    }

    /// Observes the daemon's answers. Faults that a client can cause, by naming a model that is missing or too large, say
    /// nothing about the next answer.
    package func note(_ event: Event) {
        guard case .failed(let fault, _) = event.kind,
            [.modelUnreachable, .modelNoneInstalled, .modelUnauthorized].contains(fault.code),
            let answers = state.withLock(\.answers)
        else { return }
        sink.yield(answers)
    }

    /// Loads what is requested until it is ready or the next request comes. Runs until the task is cancelled.
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
                let model = try await answers.preload()
                let time = Int(start.duration(to: clock.now).inMilliseconds)
                logger.notice("The model is loaded.", metadata: ["model": "\(model)", "ms": "\(time)"])
                return report("Ready: \(model) answers.", model: model)
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

    private func report(_ status: String, model: String?, missing: Notice? = nil) {
        state.withLock { ($0.model, $0.missing) = (model, missing) }
        notifier?.send(.status(status))
    }
}
