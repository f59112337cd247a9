// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import Pipeline

/// Sound that is not made from text.
extension SpeechScheduler {
    /// Takes sound from another program, which waits its turn among the answers. The rules for announcements apply.
    ///
    /// - Parameters:
    ///   - sound: asked for more while there is room: a few seconds of it wait.
    ///   - preview: what it is, for clients that watch the queue.
    /// - Throws: the same as ``say(_:preview:delivery:)``.
    package func play(
        _ sound: @escaping Answer.SoundSource, preview: String, delivery: Delivery
    ) throws -> Admission {
        let chime = try checkAnnouncement(preview, delivery)
        return try take(
            { _ in nil }, usually: .queue, prompt: preview, chime: chime, sound: sound, delivery: delivery)
    }
}
