// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import DaemonService
import Host
import Logging
import Settings
import Speech
import Utterance

/// Reloads the settings while the daemon runs. They apply from the next answer on.
struct Reload {
    let config: ConfigArguments
    let environment: [String: String]
    let engine: any SpeechEngine
    let scheduler: SpeechScheduler
    let notifier: Notifier?
    let logger: Logger
    let warmUp: WarmUp
    let homeAssistant: HomeAssistant?
    /// The settings in effect.
    var settings: Settings

    /// Applies the new settings; if they can't be used, the old ones stay in effect.
    mutating func run() async {
        notifier?.send(.reloading(MonotonicClock().now))
        defer { notifier?.send(.ready) }
        do {
            let new = try config.load()
            let answers = try ConfiguredAnswers(new, engine: engine, environment: environment)
            await scheduler.change(answers)
            logger.warn(of: answers.chimeFault)
            homeAssistant?.noteChange()
            if new.model != settings.model || new.personas != settings.personas { warmUp.load(answers) }
            report(new)
            settings = new
        } catch {
            logger.error(
                "The settings stay as they were, since they can't be reloaded: \(error)",
                metadata: (error as? Fault).map { ["code": "\($0.code.rawValue)"] })
        }
    }

    private func report(_ new: Settings) {
        logger.notice("The settings were reloaded.", metadata: ["file": "\(new.file ?? "none")"])
        let keys = settings.keysForRestart(changedIn: new)
        guard !keys.isEmpty else { return }
        logger.warning("Needs a restart to take effect.", metadata: ["keys": "\(keys.joined(separator: ","))"])
    }
}

extension Logger {
    /// Logs a fault in the settings that doesn't stop the daemon.
    func warn(of fault: Fault?) {
        guard let fault else { return }
        warning("\(fault.message)", metadata: ["code": "\(fault.code.rawValue)"])
    }
}
