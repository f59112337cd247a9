// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import Pipeline
import Speech
import Utterance

extension Speaker {
    /// Changes how the device sounds, from the next piece on. Muting is at once; what is spoken goes on unheard.
    ///
    /// - Parameter change: of the controls as they are; nobody else's comes between.
    /// - Throws: what `change` throws, `Fault(.usage)` for a value that is out of range; nothing is changed then.
    package func changeControls(_ change: @Sendable (Controls) throws -> Controls) throws {
        let controls = try change(controls)
        // A value that no answer could be spoken with is refused here.
        _ = try parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        self.controls = controls
        keep.controls(controls)
        hub.publish(.controls(controls))
        player.mute(controls.isMuted)
        renew()
    }

    /// How the device sounds where no control is set; `nil` if the settings can't be used.
    var configured: VoiceParameters? {
        try? parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: Controls()).voice
    }

    /// The settings were read again: the next answer is made with them, and the running one sounds as they say.
    package func change(_ parts: any AnswerParts) {
        self.parts = parts
        sessions.changeBounds(parts.sessionBounds, at: clock.now)
        renew()
    }

    private func renew() {
        for run in runs.values {
            let parameters = try? parts.parameters(persona: run.persona, delivery: run.delivery, controls: controls)
            if let parameters { run.answer.change(parameters.voice) }
        }
    }
}
