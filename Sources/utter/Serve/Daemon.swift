// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Logging
import Playback
import Service
import Settings
import Speech
import UnixSignals
import Utterance

/// The daemon: its parts made from the settings and joined, run until a signal ends it.
struct Daemon {
    let config: ConfigArguments
    private let environment = ProcessEnvironment.variables
    private let clock = MonotonicClock()

    init(config: ConfigArguments) {
        self.config = config
    }

    /// - Throws: `SettingsError` and `Fault` for what it can't be started with.
    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let settings = try config.load()
        let logger = DaemonLog.make(settings.log.level, environment: environment)
        let notifier = Notifier(environment: environment)
        let voices = try await Synthesizer.knownVoices()
        let parts = try ServedParts(settings, voices: voices, environment: environment)
        let state = KeptState(settings, environment: environment, logger: logger)
        let speaker = try await makeSpeaker(settings, parts, state, logger)
        let (warmUps, warmUpSink) = AsyncStream.makeStream(of: ServedParts.self, bufferingPolicy: .bufferingNewest(1))
        warmUpSink.yield(parts)
        let warmUp = WarmUp(readiness: Readiness(), notifier: notifier, logger: logger)
        let reload = Reload(
            config: config, environment: environment, voices: voices, speaker: speaker, notifier: notifier,
            logger: logger, warmUps: warmUpSink, settings: settings)
        notifier?.send(.ready)

        /// Whether the daemon is over with the task's end.
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await warmUp.run(warmUps)
                return false
            }
            if let watchdog = notifier.flatMap({ Watchdog($0, environment: environment, process: getpid()) }) {
                group.addTask {
                    await watchdog.run(clock: clock) { await Health.check(speaker) }
                    return false
                }
            }
            group.addTask {
                await speak(speaker, until: signals, reload)
                return true
            }
            while await group.next() == false {}
            group.cancelAll()
        }
        await state.flush()
    }

    private func makeSpeaker(
        _ settings: Settings, _ parts: ServedParts, _ state: KeptState, _ logger: Logger
    ) async throws -> Speaker {
        var playback = settings.playbackParameters
        playback.keepOpen = settings.playback.keepOpen
        var controls = state.loadControls()
        do {
            _ = try parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        } catch {
            logger.warning("The voice set before can't be had any more: \(error)")
            controls.voice = nil
        }
        return Speaker(
            parts: parts, output: ALSAOutput(playback),
            synthesizer: try await Synthesizer.start(settings.voiceParameters), hub: EventHub(), controls: controls,
            sessions: state.loadSessions(parts.sessionBounds, at: clock.now), keep: state.keeping,
            limit: settings.server.queueLength)
    }

    /// Lets answers speak until a signal asks for the end; returns when there is silence.
    private func speak(_ speaker: Speaker, until signals: UnixSignalsSequence, _ reload: Reload) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await speaker.run() }
            group.addTask {
                var reload = reload
                for await signal in signals {
                    guard signal == .sighup else { return }
                    await reload.run()
                }
            }
            await group.next()
            // A second signal ends the program at once.
            Signals.restoreDefaults()
            reload.notifier?.send(.stopping)
            reload.logger.notice("Stopping.")
            group.cancelAll()
        }
    }
}
