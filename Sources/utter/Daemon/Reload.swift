// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import Logging
import Service
import Settings
import Speech
import Utterance

/// Reads the settings again while the daemon runs: the next answer is made with them.
struct Reload {
    let config: ConfigArguments
    let environment: [String: String]
    let engine: any SpeechEngine
    let speaker: Speaker
    let notifier: Notifier?
    let logger: Logger
    let warmUps: WarmUps
    /// In force now.
    var settings: Settings

    /// Takes the settings over; those that can't be used leave the old ones in force.
    mutating func run() async {
        notifier?.send(.reloading(MonotonicClock().now))
        defer { notifier?.send(.ready) }
        do {
            let new = try config.load()
            let parts = try ServedParts(new, engine: engine, environment: environment)
            await speaker.change(parts)
            if new.model != settings.model || new.personas != settings.personas { warmUps.want(parts) }
            report(new)
            settings = new
        } catch {
            logger.error(
                "The settings stay as they were, since they can't be read again: \(error)",
                metadata: (error as? Fault).map { ["code": "\($0.code.rawValue)"] })
        }
    }

    private func report(_ new: Settings) {
        logger.notice("The settings were read again.", metadata: ["file": "\(new.file ?? "none")"])
        let keys = settings.keysForRestart(changedIn: new)
        guard !keys.isEmpty else { return }
        logger.warning("Needs a restart to take effect.", metadata: ["keys": "\(keys.joined(separator: ","))"])
    }
}
