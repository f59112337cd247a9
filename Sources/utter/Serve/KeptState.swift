// SPDX-License-Identifier: GPL-3.0-or-later
import Host
import Logging
import Service
import Settings
import Utterance

/// What outlasts a restart of the daemon: the controls, the logins, and the conversations if a file for them is set.
struct KeptState: Sendable {
    private let controls: KeptValue<Controls>?
    private let logins: KeptValue<SavedLogins>?
    private let sessions: KeptValue<SavedSessions>?
    private let logger: Logger

    init(_ settings: Settings, environment: [String: String], logger: Logger) {
        func kept<Value>(_ path: String?) -> KeptValue<Value>? {
            path.map { path in
                KeptValue(path: path) { logger.warning("\($0.message)", metadata: ["code": "\($0.code.rawValue)"]) }
            }
        }
        self.logger = logger
        let folder = StateFolder.path(in: environment)
        controls = kept(folder.map { "\($0)/controls.json" })
        logins = kept(folder.map { "\($0)/logins.json" })
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

    func loadLogins(token: String?, clock: any MomentClock) -> Logins {
        // Without a token there is nothing to log in with.
        let saved = token.flatMap { _ in load(logins) }
        return Logins(token: token, begun: saved?.begun(now: clock.now, wall: WallClock.now) ?? [:], clock: clock) {
            [logins] in logins?.save(SavedLogins($0, now: clock.now, wall: WallClock.now))
        }
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
        await logins?.flush()
        await sessions?.flush()
    }
}
