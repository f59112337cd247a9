// SPDX-License-Identifier: GPL-3.0-or-later

/// What goes on in the daemon.
package struct DaemonStatus: Sendable, Hashable, Decodable {
    /// The answer that has the floor.
    package var speaking: String?
    /// Answers that wait, the next one first.
    package var waiting: [String]
    /// Answers that an important one has cut, and that go on after it.
    package var suspended: [String]
    package var paused: Bool
    /// In percent; `nil`, here and below: as the daemon's settings say.
    package var volume: Int?
    /// Words per minute.
    package var rate: Int?
    package var voice: String?
    package var isMuted: Bool
    /// The model that answers; `nil`: one that is installed.
    package var model: String?
    /// Why an answer would not start at once, a sentence; `nil` if it would.
    package var missing: String?
    package var version: String
    package var uptimeSeconds: Double
    /// Answers since the start, by how they ended.
    package var finished: Int
    package var stopped: Int
    package var failed: Int

    private enum CodingKeys: String, CodingKey {
        case speaking, waiting, suspended, paused, volume, rate, voice, model, missing, version
        case uptimeSeconds = "uptime_s"
        case isMuted = "muted"
        case finished, stopped, failed
    }
}
