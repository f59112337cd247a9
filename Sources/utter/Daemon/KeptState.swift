// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Host
import Logging
import Service
import Settings
import Utterance

/// What outlasts a restart of the daemon: the controls, and the conversations if a file for them is set.
struct KeptState: Sendable {
    private let controls: KeptValue<Controls>?
    private let sessions: KeptValue<SavedSessions>?
    private let logger: Logger

    init(_ settings: Settings, environment: [String: String], logger: Logger) {
        func kept<Value>(_ path: String?) -> KeptValue<Value>? {
            path.map { path in
                KeptValue(path: path) { logger.warning("\($0.message)", metadata: ["code": "\($0.code.rawValue)"]) }
            }
        }
        self.logger = logger
        controls = kept(StateFolder.path(in: environment).map { "\($0)/controls.json" })
        sessions = kept(settings.conversation.file)
    }

    func loadControls() -> Controls {
        load(controls) ?? Controls()
    }

    func loadSessions(_ bounds: Sessions.Bounds, at now: Moment) -> Sessions {
        var restored = Sessions(bounds)
        load(sessions)?.restore(into: &restored, now: now, wall: WallClock.now)
        return restored
    }

    private func load<Value>(_ kept: KeptValue<Value>?) -> Value? {
        guard let (value, notice) = kept?.load() else { return nil }
        if let notice { logger.warning("\(notice.message)", metadata: ["code": "\(notice.code)"]) }
        return value
    }

    /// Where the speaker's changes go.
    var keeping: Speaker.Keeping {
        var keeping = Speaker.Keeping()
        keeping.controls = { [controls] in controls?.save($0) }
        if let file = sessions {
            keeping.sessions = { file.save(SavedSessions($0, now: $1, wall: WallClock.now)) }
        }
        return keeping
    }

    /// Returns when everything is on the disk, or at once when the task is cancelled.
    func flush() async {
        await controls?.flush()
        await sessions?.flush()
    }
}
