// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The message that tells Home Assistant of the device and everything that it offers, in the format for a whole device
/// (https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload), with its abbreviations.
struct Discovery: Sendable, Hashable {
    /// What doesn't change while the daemon runs.
    var device: DescribedDevice
    /// The voices that can be chosen.
    var voices: [String]
    var personas: [String]

    private var topics: DeviceTopics { device.topics }

    var payload: JSONValue {
        var about: [String: JSONValue] = [
            "ids": .array([.string(topics.name)]), "name": .string(device.name), "mf": "Utter",
            "mdl": "Voice output", "sw": .string(device.version),
        ]
        about["cu"] = device.page.map { .string($0) }
        return [
            "dev": .object(about), "o": ["name": "Utter", "sw": .string(device.version)],
            "avty_t": .string(topics.availability), "qos": 1,
            "cmps": .object(Dictionary(uniqueKeysWithValues: components.map { ($0.key, $0.value) })),
        ]
    }

    // MARK: - What it offers

    private var components: [(key: String, value: JSONValue)] { texts + buttons + controls + sensors }

    private var texts: [(key: String, value: JSONValue)] {
        [
            entity("speak", "notify", "Speak", ["cmd_t": command(.say), "ic": "mdi:account-voice"]),
            entity("announce", "notify", "Announce", ["cmd_t": command(.announce), "ic": "mdi:bullhorn"]),
            entity("ask", "notify", "Ask", ["cmd_t": command(.ask), "ic": "mdi:chat-question"]),
            entity("say_text", "text", "Say", ["cmd_t": command(.say), "max": 255, "ic": "mdi:account-voice"]),
            entity("ask_text", "text", "Question", ["cmd_t": command(.ask), "max": 255, "ic": "mdi:chat-question"]),
        ]
    }

    private var buttons: [(key: String, value: JSONValue)] {
        [entity("stop", "button", "Stop", ["cmd_t": command(.command), "pl_prs": "stop", "ic": "mdi:stop"])]
    }

    private var controls: [(key: String, value: JSONValue)] {
        [
            entity("pause", "switch", "Pause", set(.pause, .pause, "mdi:pause")),
            entity("mute", "switch", "Mute", setting(.mute, .mute, "mdi:volume-off")),
            entity(
                "volume", "number", "Volume",
                range(VoiceRanges.volume, step: 1, "%", "slider", setting(.volume, .volume, "mdi:volume-high"))),
            entity(
                "rate", "number", "Rate",
                range(VoiceRanges.rate, step: 5, "wpm", "box", setting(.rate, .rate, "mdi:speedometer"))),
            entity("voice", "select", "Voice", choice(voices, setting(.voice, .voice, "mdi:account-voice"))),
            entity("persona", "select", "Persona", choice(personas, setting(.persona, .persona, "mdi:account"))),
        ]
    }

    private var sensors: [(key: String, value: JSONValue)] {
        [
            entity(
                "state", "sensor", "State",
                [
                    "stat_t": state(.state), "dev_cla": "enum",
                    "ops": .array(["idle", "thinking", "speaking", "paused"]),
                ]),
            entity("heard", "sensor", "Heard", text(.heard, "mdi:ear-hearing")),
            entity("question", "sensor", "Last question", text(.question, "mdi:chat-question")),
            entity("answer", "sensor", "Last answer", text(.answer, "mdi:chat")),
            entity(
                "event", "event", "Answer",
                [
                    "stat_t": .string(topics.answerEvents),
                    "evt_typ": .array(["started", "finished", "stopped", "failed"]),
                ]),
            entity(
                "first_sound", "sensor", "Time to first sound",
                [
                    "stat_t": state(.firstSound), "dev_cla": "duration", "unit_of_meas": "ms",
                    "stat_cla": "measurement", "ent_cat": "diagnostic",
                ]),
            entity(
                "fault", "sensor", "Fault",
                [
                    "stat_t": state(.fault), "val_tpl": "{{ value_json.code }}", "json_attr_t": state(.fault),
                    "ent_cat": "diagnostic", "ic": "mdi:alert-circle-outline",
                ]),
            entity(
                "ready", "binary_sensor", "Ready",
                [
                    "stat_t": state(.ready), "val_tpl": "{{ value_json.state }}", "json_attr_t": state(.ready),
                    "ent_cat": "diagnostic",
                ]),
        ]
    }

    // MARK: - Their members

    private func entity(
        _ key: String, _ platform: String, _ name: String, _ members: [String: JSONValue]
    ) -> (key: String, value: JSONValue) {
        let known: [String: JSONValue] = [
            "p": .string(platform), "uniq_id": .string("\(topics.name)_\(key)"), "name": .string(name),
        ]
        return (key, .object(known.merging(members) { $1 }))
    }

    private func command(_ name: DeviceCommand.Name) -> JSONValue { .string(topics.command(name)) }
    private func state(_ name: DeviceStates.Name) -> JSONValue { .string(topics.state(name)) }

    private func set(
        _ command: DeviceCommand.Name, _ state: DeviceStates.Name, _ icon: String
    ) -> [String: JSONValue] {
        ["cmd_t": self.command(command), "stat_t": self.state(state), "ic": .string(icon)]
    }

    private func setting(
        _ command: DeviceCommand.Name, _ state: DeviceStates.Name, _ icon: String
    ) -> [String: JSONValue] {
        set(command, state, icon).merging(["ent_cat": "config"]) { $1 }
    }

    private func range(
        _ range: ClosedRange<Int>, step: Int, _ unit: String, _ mode: String, _ members: [String: JSONValue]
    ) -> [String: JSONValue] {
        members.merging([
            "min": .integer(range.lowerBound), "max": .integer(range.upperBound), "step": .integer(step),
            "unit_of_meas": .string(unit), "mode": .string(mode),
        ]) { $1 }
    }

    private func choice(_ options: [String], _ members: [String: JSONValue]) -> [String: JSONValue] {
        members.merging(["ops": .array(options.map { .string($0) })]) { $1 }
    }

    /// A state has at most 255 characters; the attributes have the whole text.
    private func text(_ name: DeviceStates.Name, _ icon: String) -> [String: JSONValue] {
        [
            "stat_t": state(name), "val_tpl": "{{ value_json.text[:255] }}", "json_attr_t": state(name),
            "ic": .string(icon),
        ]
    }
}

/// What Home Assistant shows about the device besides its entities.
package struct DescribedDevice: Sendable, Hashable {
    package var topics: DeviceTopics
    /// Entities are named after it: `notify.kitchen_speak`.
    package var name: String
    package var version: String
    /// The address of the daemon's page, if other machines reach it.
    package var page: String?

    package init(topics: DeviceTopics, name: String, version: String, page: String? = nil) {
        (self.topics, self.name, self.version, self.page) = (topics, name, version, page)
    }
}
