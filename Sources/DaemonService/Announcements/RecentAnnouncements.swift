// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Speech
import Utterance

/// The announcements that are waiting, sounding, or were heard a moment ago, so that none is said twice.
struct RecentAnnouncements: Sendable {
    /// What makes two announcements the same. The same text in another voice is a different one.
    struct Content: Sendable, Hashable {
        var text: String
        var voice: VoiceParameters
    }

    /// An earlier announcement that would be repeated.
    enum Earlier: Sendable, Hashable {
        /// It is waiting or sounding.
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

    /// In UTF-8 bytes. Programs don't send longer texts twice by mistake, and keeping them would only take memory.
    private static let longestText = 1_000
    /// How many heard announcements are kept: the latest.
    private static let mostHeard = 32

    private var entries: [Entry] = []

    /// Finds the announcement that this one would repeat.
    ///
    /// - Parameters:
    ///   - interval: how long an announcement counts after it was heard.
    ///   - isStopped: whether an answer was stopped, so that it will not be heard to its end.
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
                // With a lower priority, it would be heard later, or never.
                return .unheard
            }
        }
        return nil
    }

    /// Adds an announcement that was accepted.
    mutating func begin(_ answer: String, _ content: Content, _ priority: Priority) {
        guard content.text.utf8.count <= Self.longestText else { return }
        entries.append(Entry(answer: answer, content: content, priority: priority))
    }

    /// Notes that an announcement has ended.
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
    /// The higher the rank, the sooner it is heard.
    fileprivate var rank: Int {
        switch self {
        case .progress: 0
        case .normal: 1
        case .important: 2
        }
    }
}
