// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// The progress of a pull, summed over its files. It never decreases.
package struct PullProgress: Sendable {
    private struct File {
        /// Bytes that were already there from an earlier pull.
        let before: Int
        var completed: Int
        var total: Int
    }

    /// The time over which the rate is measured.
    private static let window = Duration.seconds(10)

    private var files: [String: File] = [:]
    private var samples: [(time: Moment, received: Int)] = []
    /// What the server is doing, in its own words.
    package private(set) var status = ""
    /// The highest fraction of all bytes so far, 0 to 1. The total grows with each file that the server mentions.
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
        // Keep one older sample: the window starts there.
        while samples.count > 2, samples[1].time.duration(to: now) >= Self.window { samples.removeFirst() }
    }

    /// Bytes that have arrived.
    package var completed: Int { files.values.reduce(0) { $0 + $1.completed } }

    /// Total bytes of all files mentioned so far; 0 before the first.
    package var total: Int { files.values.reduce(0) { $0 + $1.total } }

    /// Bytes per second recently; `nil` before a second has passed.
    package var rate: Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let time = first.time.duration(to: last.time)
        guard time >= .seconds(1) else { return nil }
        return Double(last.received - first.received) / time.inSeconds
    }

    /// The time left at the recent rate; `nil` if that is unknown or zero.
    package var timeLeft: Duration? {
        guard let rate, rate > 0 else { return nil }
        return .seconds(Double(total - completed) / rate)
    }
}
