// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import LanguageModel
import Logging
import Service
import Settings
import Utterance

/// Has the model loaded before anybody asks, with a request of its own that no stop concerns.
struct WarmUp: Sendable {
    let readiness: Readiness
    let notifier: Notifier?
    let logger: Logger
    var clock: any MomentClock = MonotonicClock()

    /// Between two attempts; doubled each time.
    private static let pauses = Duration.seconds(1)...Duration.seconds(60)

    /// Warms up for each of `parts` until it is ready, or the next parts come. Runs until the task is cancelled.
    func run(_ parts: AsyncStream<ServedParts>) async {
        var iterator = parts.makeAsyncIterator()
        var next = await iterator.next()
        while let parts = next {
            next = await withTaskGroup(of: Void.self) { group in
                group.addTask { await warm(parts) }
                defer { group.cancelAll() }
                return await iterator.next()
            }
        }
    }

    private func warm(_ parts: ServedParts) async {
        let name = parts.settings.model.name
        guard parts.settings.model.preload else { return ready(name, "Ready.") }
        readiness.set(model: name, missing: "The model is not loaded yet.")
        notifier?.send(.status("Loading the model."))
        var pause = Self.pauses.lowerBound
        var said: String?
        while true {
            do {
                let start = clock.now
                let model = try await parts.preload()
                let time = Int(start.duration(to: clock.now).inMilliseconds)
                logger.notice("The model is loaded.", metadata: ["model": "\(model)", "ms": "\(time)"])
                return ready(model, "Ready: \(model) answers.")
            } catch let fault as Fault {
                readiness.set(model: name, missing: fault.message)
                notifier?.send(.status("Not ready: \(fault.message)"))
                if fault.message != said {
                    logger.warning(
                        "The model can't be loaded yet, and is tried again: \(fault.message)",
                        metadata: ["code": "\(fault.code.rawValue)"])
                }
                said = fault.message
            } catch {
                return
            }
            do { try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: .seconds(1)) } catch { return }
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    private func ready(_ model: String?, _ status: String) {
        readiness.set(model: model, missing: nil)
        notifier?.send(.status(status))
    }
}
