// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
package import DaemonService
import Pipeline
import Speech
package import Utterance

/// What the service needs of the daemon.
package struct WyomingBackend: Sendable {
    let scheduler: SpeechScheduler
    /// Part of the device's identity for Home Assistant, like the name by which it was found.
    let name: String
    let version: String
    /// The model that answers; `nil` if it is any that is installed.
    let model: @Sendable () -> String?
    /// Whether answers to questions are also spoken.
    let speaksAnswers: Bool
    /// The most characters of a text or question.
    let longestText: Int
    let clock: any MomentClock

    package init(
        scheduler: SpeechScheduler, name: String, version: String, model: @escaping @Sendable () -> String? = { nil },
        speaksAnswers: Bool = false, longestText: Int = 20_000, clock: any MomentClock = MonotonicClock()
    ) {
        self.scheduler = scheduler
        self.name = name.printable
        self.version = version
        self.model = model
        self.speaksAnswers = speaksAnswers
        self.longestText = longestText
        self.clock = clock
    }

    /// The format that sound is converted to, so that the device stays open for an answer that follows.
    var format: PCMFormat {
        get async {
            let parameters = try? await scheduler.parameters(of: Delivery(policy: .queue))
            return scheduler.engine.expectedFormat(parameters?.voice ?? VoiceParameters())
        }
    }
}
