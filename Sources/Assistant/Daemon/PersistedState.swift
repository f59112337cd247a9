// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
package import DaemonService
import Host
package import Logging
package import Settings
package import Utterance

/// What survives a restart of the daemon: the controls, and the conversations if there is a place for them.
package struct PersistedState: Sendable {
    private let controls: PersistedValue<Controls>?
    private let sessions: PersistedValue<SavedSessions>?
    private let unfinished: PersistedValue<[UnfinishedAnswer]>?
    private let logger: Logger

    package init(_ settings: Settings, environment: [String: String], logger: Logger) {
        func persisted<Value>(_ path: String?) -> PersistedValue<Value>? {
            path.map { path in
                PersistedValue(path: path) {
                    logger.warning("\($0.message)", metadata: ["code": "\($0.code.rawValue)"])
                }
            }
        }
        self.logger = logger
        controls = persisted(Self.folder(in: environment).map { "\($0)/controls.json" })
        let conversations = Self.conversations(settings, environment: environment)
        sessions = persisted(conversations)
        unfinished = persisted(conversations.map { "\($0).unfinished" })
    }

    /// The daemon's state folder: `$STATE_DIRECTORY` (systemd's `StateDirectory=`), or else `utter` in
    /// `$XDG_STATE_HOME` or `~/.local/state` (XDG Base Directory Specification).
    ///
    /// - Returns: `nil` if no home folder is known.
    static func folder(in environment: [String: String]) -> String? {
        // The first of several, which systemd separates with colons.
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return String(folder) }
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") { return "\(folder)/utter" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.local/state/utter" }
    }

    /// The file for conversations. What people say to a device is only written to disk if the settings name a file, or
    /// if the service manager made a folder just for the daemon.
    ///
    /// - Returns: `nil` to keep them in memory only.
    static func conversations(_ settings: Settings, environment: [String: String]) -> String? {
        if let file = settings.conversation.file { return file == "off" ? nil : file }
        guard environment["STATE_DIRECTORY"] != nil else { return nil }
        return folder(in: environment).map { "\($0)/conversations.json" }
    }

    package func loadControls() -> Controls {
        load(controls) ?? Controls()
    }

    package func loadSessions(_ bounds: Sessions.Bounds, at now: Moment) -> Sessions {
        var restored = Sessions(bounds)
        load(sessions)?.restore(into: &restored, now: now, wall: WallClock.now)
        return restored
    }

    /// Returns the answers that were cut off when an earlier process ended.
    package func loadUnfinished() -> [UnfinishedAnswer] {
        load(unfinished) ?? []
    }

    private func load<Value>(_ persisted: PersistedValue<Value>?) -> Value? {
        guard let (value, notice) = persisted?.load() else { return nil }
        if let notice { logger.warning("\(notice.message)", metadata: ["code": "\(notice.code)"]) }
        return value
    }

    /// Saves what the scheduler changes.
    package var persistence: SchedulerPersistence {
        var persistence = SchedulerPersistence()
        persistence.saveControls = { [controls] in controls?.save($0) }
        if let unfinished { persistence.saveUnfinished = { unfinished.save($0) } }
        if let file = sessions {
            persistence.saveSessions = { file.save(SavedSessions($0, now: $1, wall: WallClock.now)) }
        }
        return persistence
    }

    /// Every half minute, writes what could not be written before. Runs until the task is cancelled.
    package func keepTrying(clock: any MomentClock) async {
        while !Task.isCancelled {
            try? await clock.sleep(until: clock.now.advanced(by: .seconds(30)), tolerance: .seconds(10))
            controls?.retry()
            sessions?.retry()
            unfinished?.retry()
        }
    }

    /// Returns once everything is on disk, or at once if the task is cancelled.
    package func flush() async {
        await controls?.flush()
        await sessions?.flush()
        await unfinished?.flush()
    }
}
