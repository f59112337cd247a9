// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Speech
import Utterance

/// The announcements that wait, sound, or were heard a moment ago, so that the same one is not said twice. Pure.
struct RecentAnnouncements: Sendable {
    /// What makes two announcements the same: a text in another voice is a different one.
    struct Content: Sendable, Hashable {
        var text: String
        var voice: VoiceParameters
    }

    /// What is known of an announcement that would be repeated.
    enum Earlier: Sendable, Hashable {
        /// It waits or sounds.
        case unheard
        /// It was heard this long ago.
        case heard(Duration)
    }

    private struct Entry: Sendable {
        let answer: String
        let content: Content
        let priority: Priority
        /// `nil` until it was heard to its end.
        var heard: Moment?
    }

    /// A longer text is no message that a program sends twice by mistake, and would only take memory. In UTF-8 bytes.
    private static let longestText = 1_000
    /// Of those that were heard, the latest.
    private static let mostHeard = 32

    private var entries: [Entry] = []

    /// Whether an announcement says again what another one says or has just said.
    ///
    /// - Parameters:
    ///   - interval: for how long after it was heard it counts.
    ///   - isStopped: tells of an answer that will not be heard to its end.
    func earlier(
        _ content: Content, _ priority: Priority, within interval: Duration, at now: Moment,
        isStopped: (String) -> Bool
    ) -> Earlier? {
        guard interval > .zero else { return nil }
        for entry in entries.reversed() where entry.content == content {
            if let heard = entry.heard {
                let age = heard.duration(to: now)
                if age < interval { return .heard(age) }
            } else if entry.priority.rank >= priority.rank, !isStopped(entry.answer) {
                // One of a lower priority would come later, or never.
                return .unheard
            }
        }
        return nil
    }

    /// An announcement was taken.
    mutating func begin(_ answer: String, _ content: Content, _ priority: Priority) {
        guard content.text.utf8.count <= Self.longestText else { return }
        entries.append(Entry(answer: answer, content: content, priority: priority))
    }

    /// It has ended.
    ///
    /// - Parameter wasHeard: whether it was heard to its end.
    mutating func end(_ answer: String, wasHeard: Bool, at now: Moment) {
        guard let index = entries.firstIndex(where: { $0.answer == answer }) else { return }
        if wasHeard { entries[index].heard = now } else { entries.remove(at: index) }
        let surplus = entries.count { $0.heard != nil } - Self.mostHeard
        if surplus > 0, let oldest = entries.firstIndex(where: { $0.heard != nil }) { entries.remove(at: oldest) }
    }
}

extension Priority {
    /// The higher, the sooner it is heard.
    fileprivate var rank: Int {
        switch self {
        case .progress: 0
        case .normal: 1
        case .important: 2
        }
    }
}
