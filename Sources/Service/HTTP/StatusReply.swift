// SPDX-License-Identifier: GPL-3.0-or-later
import Speech
import Utterance

/// What `GET /v1/status` answers.
struct StatusReply: Encodable {
    private enum Key: String, CodingKey {
        case speaking, paused, waiting, suspended, volume, rate, voice, muted, configured, sessions
        case model, ready, missing, version, finished, stopped, failed
        case uptime = "uptime_s"
    }

    let status: Speaker.Status
    let controls: Controls
    /// What the controls stand for where nothing is set; `nil` if the settings can't be used.
    let configured: VoiceParameters?
    let sessions: Int
    let model: String?
    let missing: String?
    let version: String
    let uptime: Duration

    private struct Configured: Encodable {
        let volume: Int
        let rate: Int
        let voice: String

        init(_ parameters: VoiceParameters) {
            (volume, rate, voice) = (parameters.volume, parameters.rate, parameters.voice)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(status.speaking, forKey: .speaking)
        try container.encode(status.isPaused, forKey: .paused)
        try container.encode(status.waiting, forKey: .waiting)
        try container.encode(status.suspended, forKey: .suspended)
        try container.encode(controls.volume, forKey: .volume)
        try container.encode(controls.rate, forKey: .rate)
        try container.encode(controls.voice, forKey: .voice)
        try container.encode(controls.isMuted, forKey: .muted)
        try container.encode(configured.map(Configured.init), forKey: .configured)
        try container.encode(sessions, forKey: .sessions)
        try container.encode(model, forKey: .model)
        try container.encode(missing == nil, forKey: .ready)
        try container.encode(missing, forKey: .missing)
        try container.encode(version, forKey: .version)
        try container.encode(status.counts.finished, forKey: .finished)
        try container.encode(status.counts.stopped, forKey: .stopped)
        try container.encode(status.counts.failed, forKey: .failed)
        try container.encode(Int(uptime.inSeconds), forKey: .uptime)
    }
}
