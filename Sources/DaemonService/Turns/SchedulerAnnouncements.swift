// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import LanguageModel
package import Pipeline
import Speech
import Utterance

/// Texts that are said as they are; announcements, unless `Delivery.isAnnouncement` is `false`.
extension SpeechScheduler {
    /// Takes a whole text. If the same announcement is waiting, sounding or was heard just now, it is not said again, and
    /// the admission has a notice.
    ///
    /// - Throws: the same as ``ask(_:)``; `Fault(.quietHours)` if only important announcements are said now.
    package func say(_ text: String, delivery: Delivery) throws -> Admission {
        // The beginning of the text, for clients that watch the queue.
        let preview = String(text.prefix(200))
        let source: Answer.Source = { deliver in
            try await deliver(.text(text))
            return nil
        }
        guard delivery.speaks, delivery.isAnnouncement else {
            return try say(source, preview: preview, delivery: delivery)
        }
        let content = RecentAnnouncements.Content(
            text: text, voice: try answers.parameters(persona: nil, delivery: delivery, controls: controls).voice)
        let earlier = announcements.earlier(
            content, delivery.priority, within: answers.announcements.repeatAfter, at: clock.now, isStopped: isStopping)
        if let earlier { return try takeRepetition(preview, Notice(repeating: earlier), delivery) }
        let admission = try say(source, preview: preview, delivery: delivery)
        announcements.begin(admission.answer, content, delivery.priority)
        return admission
    }

    /// Takes text to be spoken as it arrives.
    ///
    /// - Parameter preview: the beginning of the text, for clients that watch the queue.
    /// - Throws: the same as ``say(_:delivery:)``.
    package func say(_ source: @escaping Answer.Source, preview: String, delivery: Delivery) throws -> Admission {
        let chime = try checkAnnouncement(preview, delivery)
        return try take(source, usually: .queue, prompt: preview, chime: chime, delivery: delivery)
    }

    /// Checks whether an announcement may be heard now, and publishes a refusal if not.
    ///
    /// - Parameter preview: the same as for ``say(_:preview:delivery:)``.
    /// - Returns: the sound that comes before it, if there is one.
    /// - Throws: `Fault(.quietHours)`.
    func checkAnnouncement(_ preview: String, _ delivery: Delivery) throws(Fault) -> AudibleSignal? {
        guard delivery.speaks, delivery.isAnnouncement else { return nil }
        let rules = answers.announcements
        do throws(Fault) { try rules.check(delivery.priority, at: localTime()) } catch {
            hub.publish(.refused(.init(prompt: preview, priority: delivery.priority, reason: error)))
            throw error
        }
        return rules.chimes(before: delivery.priority) ? .announcement : nil
    }

    /// Takes an announcement that is not said; its events and its reply say why.
    private func takeRepetition(_ preview: String, _ notice: Notice, _ delivery: Delivery) throws -> Admission {
        var delivery = delivery
        delivery.speaks = false
        var admission = try take(
            { deliver in
                try await deliver(.notice(notice))
                return nil
            }, usually: .queue, prompt: preview, delivery: delivery)
        admission.notice = notice
        return admission
    }
}

extension Notice {
    fileprivate init(repeating earlier: RecentAnnouncements.Earlier) {
        let found =
            switch earlier {
            case .unheard: "The same text is already being said, or waiting"
            case .heard(let age): "The same text was said \(max(1, Int(age.inSeconds.rounded()))) s ago"
            }
        self.init("said_already", "\(found), so it is not said again; announcements.repeat_after_s sets this.")
    }
}
