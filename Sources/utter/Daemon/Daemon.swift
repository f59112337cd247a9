// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import DaemonAPI
import DaemonService
import Glibc
import Host
import Logging
import Pipeline
import Playback
import Settings
import Speech
import UnixSignals
import Utterance
import WyomingService

/// The daemon: builds its parts from the settings, connects them, and runs until a signal ends it.
struct Daemon {
    private let config: ConfigArguments
    private let settings: Settings
    private let environment: [String: String]
    private let clock = MonotonicClock()
    private let logger: Logger
    private let notifier: Notifier?
    private let metrics = Metrics()
    private let warmUp: WarmUp
    private let state: PersistedState
    private let speaker: SpeakerMonitor
    /// `nil` if no MQTT broker is configured.
    private let homeAssistant: HomeAssistant?

    /// - Throws: `SettingsError`, `Fault(.configurationInvalid)`.
    init(config: ConfigArguments, environment: [String: String]) throws {
        self.config = config
        self.environment = environment
        settings = try config.load()
        let style = LineLogHandler.Style.of(environment: environment)
        let level = Logger.Level(rawValue: settings.log.level.rawValue) ?? .notice
        logger = Logger(label: "utter") { _ in LineLogHandler(style, level: level) }
        notifier = Notifier(environment: environment)
        let homeAssistant = try HomeAssistant(settings, environment: environment)
        self.homeAssistant = homeAssistant
        warmUp = WarmUp(notifier: notifier, logger: logger) { homeAssistant?.noteChange() }
        speaker = SpeakerMonitor(
            device: settings.playback.device, hasFallback: !settings.playback.fallbackDevices.isEmpty)
        state = PersistedState(settings, environment: environment, logger: logger)
    }

    /// - Throws: `Fault` if it can't be started.
    func run() async throws {
        do { try await serve() } catch {
            await state.flush()
            throw error
        }
        await state.flush()
    }

    private func serve() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        // libdispatch opens its descriptors with the first sleep, and traps if none are left by then: clients use many.
        try await clock.sleep(until: clock.now.advanced(by: .nanoseconds(1)), tolerance: nil)
        let engine = try await SpeechEngines.startProcess(settings, environment: environment) {
            [metrics, logger] reason in
            metrics.noteSpeechRestart()
            logger.warning("The speech process ended and was restarted.", metadata: ["reason": "\(reason)"])
        }
        let answers = try ConfiguredAnswers(settings, engine: engine, environment: environment)
        logger.warn(of: answers.chimeFault)
        let rules = try settings.server.accessRules(environment: environment)
        let hub = EventHub { [metrics, warmUp, log = EventLogger(logger)] event in
            if case .answer(let event) = event {
                metrics.note(event)
                warmUp.note(event)
            }
            log.note(event)
        }
        let scheduler = makeScheduler(answers, engine, hub)
        for notice in await scheduler.resume(state.loadUnfinished(), at: WallClock.now.inSeconds) {
            logger.warning("\(notice.message)", metadata: ["code": "\(notice.code)"])
        }
        let sockets = try ServedSockets(settings: settings.server, environment: environment, rules: rules).open()
        let backend = self.backend(scheduler, hub)
        let http = HTTPService(backend: backend, rules: rules, logger: logger)
        let wyoming = try ServedWyoming(settings: settings.wyoming, rules: rules).open()
        warmUp.load(answers)
        let reload = Reload(
            config: config, environment: environment, engine: engine, scheduler: scheduler, notifier: notifier,
            logger: logger, warmUp: warmUp, homeAssistant: homeAssistant, settings: settings)
        let names = (sockets + wyoming.map(\.socket)).map(\.name)
        logger.notice("Listening on \(names.joined(separator: ", ")).")
        notifier?.send(.ready)

        // Each task returns whether its end also ends the daemon.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await http.run(on: sockets)
                return true
            }
            let service = WyomingService(backend: wyomingBackend(scheduler), rules: rules, logger: logger)
            for served in wyoming {
                group.addTask {
                    try await service.run(served.roles, on: served.socket)
                    return true
                }
            }
            group.addTask {
                await warmUp.run()
                return false
            }
            group.addTask {
                await watch(scheduler)
                return false
            }
            group.addTask {
                await homeAssistant?.run(backend, logger: logger)
                return false
            }
            group.addTask {
                await state.keepTrying(clock: clock)
                return false
            }
            group.addTask {
                await speaker.run { hub.publish(.speaker($0)) }
                return false
            }
            group.addTask {
                await hub.whenIdle(for: Self.idleTime, clock: clock) { Memory.giveBack() }
                return false
            }
            group.addTask {
                await speak(scheduler, until: signals, reload)
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }

    private func makeScheduler(
        _ answers: ConfiguredAnswers, _ engine: any SpeechEngine, _ hub: EventHub
    ) -> SpeechScheduler {
        var controls = state.loadControls()
        do {
            _ = try answers.parameters(persona: nil, delivery: Delivery(policy: .queue), controls: controls)
        } catch {
            logger.warning("The configured voice is no longer available: \(error)")
            controls.voice = nil
        }
        var playback = settings.playbackParameters(keepsOpen: true)
        // The speaker may be switched on after the daemon.
        playback.waitsForAbsentDevice = true
        return SpeechScheduler(
            answers: answers, player: Player(engine: engine, output: ALSAOutput(playback)), hub: hub,
            controls: controls, sessions: state.loadSessions(answers.sessionBounds, at: clock.now),
            persistence: state.persistence, limit: settings.server.queueLength)
    }

    private func backend(_ scheduler: SpeechScheduler, _ hub: EventHub) -> HTTPBackend {
        HTTPBackend(
            scheduler: scheduler, hub: hub, metrics: metrics,
            information: .init(
                version: Version.number, model: { [warmUp] in warmUp.model },
                modelServer: { [warmUp] in warmUp.address }, speaker: { [speaker] in speaker.current },
                missing: { [warmUp, speaker] in warmUp.missing ?? speaker.missing },
                broker: { [homeAssistant] in homeAssistant?.status }),
            limits: settings.server.limits, offersOllama: settings.server.offersOllama)
    }

    private func wyomingBackend(_ scheduler: SpeechScheduler) -> WyomingBackend {
        WyomingBackend(
            scheduler: scheduler, name: ServedWyoming.name, version: Version.number,
            model: { [warmUp] in warmUp.model }, speaksAnswers: settings.wyoming.speaksAnswers,
            longestText: settings.server.longestPromptCharacters)
    }

    /// Sends heartbeats to the service manager while the daemon is healthy, if the manager expects them.
    private func watch(_ scheduler: SpeechScheduler) async {
        guard let notifier, let watchdog = Watchdog(notifier, environment: environment, process: getpid()) else {
            return
        }
        await watchdog.run(clock: clock) { await Health.check(scheduler) }
    }

    /// After this long without the end of an answer, memory is returned to the system. Longer than a device is kept
    /// open.
    private static let idleTime = Duration.seconds(3)

    /// How long clients may read the last events after the last sound.
    private static let grace = Duration.milliseconds(100)

    /// Speaks answers until a signal ends the daemon. Returns once the device is silent.
    private func speak(_ scheduler: SpeechScheduler, until signals: UnixSignalsSequence, _ reload: Reload) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            group.addTask {
                var reload = reload
                for await signal in signals {
                    guard signal == .sighup else { return }
                    await reload.run()
                }
            }
            await group.next()
            // A second signal ends the program at once.
            ProcessSignals.restoreDefaults()
            notifier?.send(.stopping)
            logger.notice("Stopping.")
            group.cancelAll()
        }
        try? await clock.sleep(until: clock.now.advanced(by: Self.grace), tolerance: nil)
    }
}
