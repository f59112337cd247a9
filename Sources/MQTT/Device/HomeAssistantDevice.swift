// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
package import DaemonService
package import Logging
import Utterance

/// The daemon as a device in Home Assistant: it appears there by itself, takes commands over MQTT, and reports what it
/// does.
package actor HomeAssistantDevice {
    private let link: BrokerLink
    private let broker: BrokerOptions
    private let device: DescribedDevice
    private let backend: HTTPBackend
    private let monitor: BrokerMonitor
    private let logger: Logger
    private var states = DeviceStates()
    /// What was published since the broker accepted the connection.
    private var published: [DeviceStates.Name: String] = [:]
    private var introduction: Discovery?
    private var isConnected = false
    private var isRefreshing = false
    /// Something changed during a refresh.
    private var isStale = false

    private var topics: DeviceTopics { device.topics }

    /// Connects in the background.
    ///
    /// - Parameter broker: its will and its subscriptions are set here.
    package init(
        _ device: DescribedDevice, broker: BrokerOptions, backend: HTTPBackend, monitor: BrokerMonitor, logger: Logger
    ) {
        var broker = broker
        broker.will = OutgoingMessage(device.topics.availability, "offline", isRetained: true)
        broker.subscriptions = device.topics.subscriptions
        // A character has up to four bytes.
        broker.longestMessage = max(backend.limits.promptCharacters * 4, 4_096)
        self.broker = broker
        self.device = device
        self.backend = backend
        self.monitor = monitor
        self.logger = logger
        link = BrokerLink(broker)
    }

    /// Runs until the task is cancelled; then Home Assistant knows that the device is off.
    ///
    /// - Parameter changes: tells when readiness may have changed, or what can be chosen.
    package func run(changes: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.followBroker() }
            group.addTask { await self.followEvents() }
            group.addTask { for await _ in changes { await self.refresh() } }
        }
        await link.close()
    }

    // MARK: - The broker

    private func followBroker() async {
        while let event = try? await link.next() {
            switch event {
            case .connected(let wasTold): await connected(wasTold: wasTold)
            case .message(let message): await carryOut(message)
            case .messagesLost(let count):
                logger.warning(
                    "Messages came faster than they could be taken; some are lost.",
                    metadata: ["code": "mqtt_messages_lost", "count": "\(count)"])
            case .failed(let failure, let isNews): failed(failure, isNews: isNews)
            }
        }
    }

    private func connected(wasTold: Bool) async {
        isConnected = true
        monitor.note(connected: true)
        let back = wasTold ? " again" : ""
        logger.notice("Connected to the MQTT broker\(back).", metadata: ["broker": "\(broker.address)"])
        await introduce()
    }

    private func failed(_ failure: BrokerFailure, isNews: Bool) {
        isConnected = false
        let notice = failure.notice(of: broker)
        monitor.note(connected: false, trouble: notice)
        guard isNews else { return }
        logger.warning("\(notice.message) Utter keeps trying.", metadata: ["code": "\(notice.code)"])
    }

    /// Publishes everything, as if nothing had been published yet.
    private func introduce() async {
        published = [:]
        introduction = nil
        await refresh()
        link.publish(OutgoingMessage(topics.availability, "online", isRetained: true))
    }

    private func carryOut(_ message: IncomingMessage) async {
        do {
            let command = try DeviceCommand(message, topics: topics, limit: backend.limits.promptCharacters)
            if let command { try await carryOut(command) }
        } catch {
            let problem = HTTPBackend.problem(of: error)
            // What it quotes came from the network.
            let message = String(problem.message.prefix(200))
            logger.info("A message over MQTT was refused: \(message)", metadata: ["code": "\(problem.code)"])
            states.note(refusal: Notice(problem.code, message))
            await refresh()
        }
    }

    private func carryOut(_ command: DeviceCommand) async throws {
        switch command {
        case .say(let request): _ = try await backend.say(request)
        case .ask(let request): _ = try await backend.ask(request)
        case .stop: await backend.scheduler.stop()
        case .pause: _ = await backend.scheduler.pause()
        case .resume: _ = await backend.scheduler.resume()
        case .change(let values): try await backend.scheduler.changeControls { try $0.changed(by: values) }
        case .persona(let name): try await backend.scheduler.setPersona(name, of: AskRequest.usualSession)
        case .introduce: return await introduce()
        }
        await refresh()
    }

    // MARK: - The daemon

    /// Events that change nothing that is published.
    private static let unimportant: Set = ["word", "synthesized", "signal", "signal_end", "underrun", "first_text"]

    private func followEvents() async {
        var position = backend.hub.position
        while !Task.isCancelled {
            // `nil` when it is time for a heartbeat, or to end.
            guard let batch = try? await backend.hub.next(after: position) else { continue }
            if batch.missed > 0 { _ = states.note(.missed(.init(count: batch.missed))) }
            var isOnlyText = true
            for entry in batch.entries {
                position = entry.position
                guard !Self.unimportant.contains(entry.name),
                    let event = try? DeviceEvent(name: entry.name, json: entry.json)
                else { continue }
                if entry.name != "text" { isOnlyText = false }
                guard let told = states.note(event), isConnected else { continue }
                link.publish(OutgoingMessage(topics.answerEvents, told.json))
            }
            if !isOnlyText { await refresh() }
        }
    }

    /// Publishes what has changed, and again if more does meanwhile: of two refreshes at a time, the older one could win.
    private func refresh() async {
        isStale = true
        guard !isRefreshing else { return }
        isRefreshing = true
        defer { isRefreshing = false }
        while isStale {
            isStale = false
            await publishChanges()
        }
    }

    private func publishChanges() async {
        let status = await backend.status
        let choices = await backend.scheduler.choices
        states.set(status, persona: choices.persona)
        guard isConnected else { return }
        introduce(voices: choices.voices, personas: choices.personas)
        for name in DeviceStates.Name.allCases {
            guard let value = states.values[name], published[name] != value else { continue }
            published[name] = value
            link.publish(OutgoingMessage(topics.state(name), value, isRetained: name.isRetained))
        }
    }

    /// Publishes what the device offers, if that has changed.
    private func introduce(voices: [String], personas: [String]) {
        // The current voice may have another name.
        let current = states.values[.voice].map { [$0] } ?? []
        let discovery = Discovery(
            device: device, voices: (["auto"] + voices + current).withoutRepetition, personas: personas)
        guard discovery != introduction else { return }
        introduction = discovery
        link.publish(OutgoingMessage(topics.discovery, discovery.payload.json, isRetained: true))
    }
}

extension [String] {
    fileprivate var withoutRepetition: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
