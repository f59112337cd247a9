// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Glibc
import Host
import Logging
import Pipeline
import Playback
import Service
import Settings
import Speech
import UnixSignals
import Utterance

/// The daemon: its parts made from the settings and joined, run until a signal ends it.
struct Daemon {
    private let config: ConfigArguments
    private let settings: Settings
    private let environment: [String: String]
    private let clock = MonotonicClock()
    private let logger: Logger
    private let notifier: Notifier?
    private let metrics = Metrics()
    private let readiness = Readiness()
    private let warmUps = WarmUps()
    private let state: KeptState

    /// - Throws: `SettingsError`.
    init(config: ConfigArguments, environment: [String: String]) throws {
        self.config = config
        self.environment = environment
        settings = try config.load()
        logger = DaemonLog.make(settings.log.level, environment: environment)
        notifier = Notifier(environment: environment)
        state = KeptState(settings, environment: environment, logger: logger)
    }

    /// - Throws: `Fault` for what it can't be started with.
    func run() async throws {
        do { try await serve() } catch {
            await state.flush()
            throw error
        }
        await state.flush()
    }

    private func serve() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        // libdispatch opens its descriptors with the first sleep, and traps if none are left then: clients take many.
        try await clock.sleep(until: clock.now.advanced(by: .nanoseconds(1)), tolerance: nil)
        let engine = try await SpeechEngines.start(settings.voiceParameters)
        let parts = try ServedParts(settings, engine: engine, environment: environment)
        let rules = try settings.server.accessRules(environment: environment)
        let hub = EventHub { [metrics, warmUps, log = DeviceLog(logger)] event in
            if case .answer(let event) = event {
                metrics.note(event)
                warmUps.note(event)
            }
            log.note(event)
        }
        let speaker = makeSpeaker(parts, engine, hub)
        let sockets = try ServedSockets(settings: settings.server, environment: environment, rules: rules).open()
        let http = HTTPService(backend: backend(speaker, hub), rules: rules, logger: logger)
        warmUps.want(parts)
        let reload = Reload(
            config: config, environment: environment, engine: engine, speaker: speaker, notifier: notifier,
            logger: logger, warmUps: warmUps, settings: settings)
        logger.notice("Listening on \(sockets.map(\.name).joined(separator: ", ")).")
        notifier?.send(.ready)

        // Each task says whether the daemon is over with it.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await http.run(on: sockets)
                return true
            }
            group.addTask {
                await WarmUp(readiness: readiness, notifier: notifier, logger: logger).run(warmUps.parts)
                return false
            }
            group.addTask {
                await watch(speaker)
                return false
            }
            group.addTask {
                await hub.inLulls(of: Self.lull, clock: clock) { Memory.giveBack() }
                return false
            }
            group.addTask {
                await speak(speaker, until: signals, reload)
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }

    private func makeSpeaker(_ parts: ServedParts, _ engine: any SpeechEngine, _ hub: EventHub) -> Speaker {
        var playback = settings.playbackParameters
        playback.keepOpen = settings.playback.keepOpen
        var controls = state.loadControls()
        do {
            _ = try parts.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        } catch {
            logger.warning("The voice that was set can't be had any more: \(error)")
            controls.voice = nil
        }
        return Speaker(
            parts: parts, player: Player(engine: engine, output: ALSAOutput(playback)), hub: hub, controls: controls,
            sessions: state.loadSessions(parts.sessionBounds, at: clock.now), keep: state.keeping,
            limit: settings.server.queueLength)
    }

    private func backend(_ speaker: Speaker, _ hub: EventHub) -> HTTPBackend {
        HTTPBackend(
            speaker: speaker, hub: hub, metrics: metrics,
            information: .init(
                version: Version.number, model: { [readiness] in readiness.model },
                missing: { [readiness] in readiness.missing }),
            limits: settings.server.limits, offersOllama: settings.server.offersOllama)
    }

    /// Lets the service manager know that all is well, if it wants to know.
    private func watch(_ speaker: Speaker) async {
        guard let notifier, let watchdog = Watchdog(notifier, environment: environment, process: getpid()) else {
            return
        }
        await watchdog.run(clock: clock) { await Health.check(speaker) }
    }

    /// When nothing has ended for so long, the memory of what did is given back; longer than a device is kept open.
    private static let lull = Duration.seconds(3)

    /// What clients are given after the last sound to read of the end.
    private static let grace = Duration.milliseconds(100)

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
            notifier?.send(.stopping)
            logger.notice("Stopping.")
            group.cancelAll()
        }
        try? await clock.sleep(until: clock.now.advanced(by: Self.grace), tolerance: nil)
    }
}
