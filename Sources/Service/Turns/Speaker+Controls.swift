// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import Pipeline
import Speech
import Utterance

extension Speaker {
    /// Changes how the device sounds, from the next piece on; muting is silence at once.
    ///
    /// - Parameter change: of the controls as they are; nobody else's comes between.
    /// - Throws: what `change` throws, `Fault(.usage)` for a value that is out of range; nothing is changed then.
    package func changeControls(_ change: @Sendable (Controls) throws -> Controls) async throws {
        let controls = try change(controls)
        // A value that no answer could be spoken with is refused here.
        _ = try parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        self.controls = controls
        keep.controls(controls)
        hub.publish(.controls(controls))
        if controls.isMuted { await silence() }
        await renew()
    }

    /// How the device sounds where no control is set; `nil` if the settings can't be used.
    var configured: VoiceParameters? {
        try? parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: Controls()).voice
    }

    /// Returns when nothing is heard of what was asked for before.
    private func silence() async {
        let silenced = runs
        // First who waits: the floor may become free at any moment.
        apply(queue.silenceWaiting())
        for run in silenced.values { await run.floor.silence() }
        for id in silenced.keys { apply(queue.silenced(id)) }
    }

    /// The settings were read again: the next answer is made with them, and the running one sounds as they say.
    package func change(_ parts: any AnswerParts) async {
        self.parts = parts
        sessions.changeBounds(parts.sessionBounds, at: clock.now)
        await renew()
    }

    private func renew() async {
        for run in runs.values {
            let parameters = try? parts.parameters(persona: run.persona, delivery: run.delivery, controls: controls)
            if let parameters { await run.change(parameters.voice) }
        }
    }
}
