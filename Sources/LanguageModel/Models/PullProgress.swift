// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// How far the fetching of a model is: sums over its files, and never goes backwards.
package struct PullProgress: Sendable {
    private struct File {
        /// Bytes that were there at the first word of it, from an earlier pull.
        let before: Int
        var completed: Int
        var total: Int
    }

    /// The rate is that of the last so many seconds.
    private static let window = Duration.seconds(10)

    private var files: [String: File] = [:]
    private var samples: [(time: Moment, received: Int)] = []
    /// What the server does, in its words.
    package private(set) var status = ""
    /// Of all bytes, 0 to 1: the most that it ever was. The total grows with each file that the server mentions.
    package private(set) var fraction = 0.0

    package init() {}

    package mutating func update(_ status: PullStatus, at now: Moment) {
        self.status = status.status
        guard let digest = status.digest, let total = status.total, total > 0 else { return }
        let completed = min(max(status.completed ?? 0, 0), total)
        var file = files[digest] ?? File(before: completed, completed: completed, total: total)
        file.completed = max(file.completed, completed)
        file.total = max(file.total, total)
        files[digest] = file
        fraction = max(fraction, Double(self.completed) / Double(self.total))
        samples.append((now, files.values.reduce(0) { $0 + $1.completed - $1.before }))
        // One sample that is older stays: from there to now is the window.
        while samples.count > 2, samples[1].time.duration(to: now) >= Self.window { samples.removeFirst() }
    }

    /// Bytes that are there.
    package var completed: Int { files.values.reduce(0) { $0 + $1.completed } }

    /// Bytes of all files that the server has mentioned; 0 before it has.
    package var total: Int { files.values.reduce(0) { $0 + $1.total } }

    /// Bytes a second, of late; `nil` before a second has passed.
    package var rate: Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let time = first.time.duration(to: last.time)
        guard time >= .seconds(1) else { return nil }
        return Double(last.received - first.received) / time.inSeconds
    }

    /// At the rate of late; `nil` if that is not known, or nothing comes.
    package var timeLeft: Duration? {
        guard let rate, rate > 0 else { return nil }
        return .seconds(Double(total - completed) / rate)
    }
}
