// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import MQTT

@Suite("What Home Assistant is told of the device")
struct DiscoveryTests {
    private static let discovery = Discovery(
        device: DescribedDevice(
            topics: DeviceTopics(id: "0a1b"), name: "Kitchen", version: "1.2.3", page: "http://kitchen.local:8473/"),
        voices: ["auto", "en-us"], personas: ["assistant", "story"])

    private static var components: [String: JSONValue] {
        guard case .object(let components)? = discovery.payload["cmps"] else { return [:] }
        return components
    }

    private static func member(_ name: String) -> [String] { components.values.compactMap { $0[name]?.text } }

    @Test("It is one device with a name and an origin")
    func device() {
        let payload = Self.discovery.payload
        #expect(payload["dev"]?["ids"] == .array(["utter_0a1b"]))
        #expect(payload["dev"]?["name"] == "Kitchen")
        #expect(payload["dev"]?["cu"] == "http://kitchen.local:8473/")
        #expect(payload["o"]?["name"] == "Utter")
        #expect(payload["avty_t"] == "utter/0a1b/status")
        #expect(Self.discovery.device.topics.discovery == "homeassistant/device/utter_0a1b/config")
    }

    @Test("Every entity has a platform, a name and a name of its own that says whose it is")
    func identities() {
        let components = Self.components
        #expect(components.count >= 18)
        #expect(Set(Self.member("uniq_id")).count == components.count)
        #expect(Self.member("uniq_id").allSatisfy { $0.hasPrefix("utter_0a1b_") })
        #expect(Self.member("name").count == components.count)
        let platforms: Set = [
            "notify", "text", "button", "switch", "number", "select", "sensor", "binary_sensor", "event",
        ]
        #expect(Set(Self.member("p")) == platforms)
    }

    @Test("Every command topic is subscribed to, and every state topic is one that is published")
    func topics() {
        let topics = Self.discovery.device.topics
        let commands = Self.member("cmd_t")
        #expect(commands.count >= 12 && Set(commands).isSubset(of: topics.subscriptions))
        let states = DeviceStates.Name.allCases.map(topics.state)
        #expect(Set(Self.member("stat_t")).isSubset(of: states + [topics.answerEvents]))
        #expect(Set(states).isSubset(of: Self.member("stat_t")))
    }

    @Test("Texts are cut to what a state holds, and whole in its attributes")
    func texts() {
        for name in ["heard", "question", "answer"] {
            let entity = Self.components[name]
            #expect(entity?["val_tpl"] == "{{ value_json.text[:255] }}")
            #expect(entity?["json_attr_t"] == entity?["stat_t"])
        }
    }

    @Test("Ranges and choices are the daemon's")
    func choices() {
        let components = Self.components
        #expect(components["volume"]?["max"] == 200 && components["volume"]?["min"] == 0)
        #expect(components["rate"]?["max"] == 450 && components["rate"]?["min"] == 80)
        #expect(components["voice"]?["ops"] == .array(["auto", "en-us"]))
        #expect(components["persona"]?["ops"] == .array(["assistant", "story"]))
    }

    /// Those that Home Assistant 2026.11 expands (homeassistant/components/mqtt/abbreviations.py) and that are used here.
    private static let abbreviations: Set = [
        "cmd_t", "stat_t", "val_tpl", "json_attr_t", "uniq_id", "ent_cat", "ic", "dev_cla", "unit_of_meas", "stat_cla",
        "ops", "evt_typ", "pl_prs", "p", "name", "min", "max", "step", "mode",
    ]

    @Test("There are no members that Home Assistant doesn't know")
    func members() {
        for component in Self.components.values {
            guard case .object(let members) = component else { continue }
            #expect(Set(members.keys).isSubset(of: Self.abbreviations), "\(members.keys)")
        }
    }
}

@Suite("The device's identity")
struct DeviceIdentityTests {
    private static let machine = Array("0123456789abcdef0123456789abcdef\n".utf8)

    @Test("comes from the machine's ID, which it does not show")
    func machine() {
        let id = DeviceIdentity.ofThisMachine(hostName: "kitchen") { $0 == "/etc/machine-id" ? Self.machine : nil }
        // printf 'Utter MQTT device 0123456789abcdef0123456789abcdef' | sha256sum | cut -c-16
        #expect(id == "d60d8482163932f2")
        #expect(id == DeviceIdentity.ofThisMachine(hostName: "other") { _ in Self.machine })
    }

    @Test(
        "comes from the host's name where there is none, or it is not one yet",
        arguments: [
            nil, [], Array("uninitialized\n".utf8),
        ] as [[UInt8]?])
    func none(file: [UInt8]?) {
        let ids = ["kitchen", "hall"].map { DeviceIdentity.ofThisMachine(hostName: $0) { _ in file } }
        #expect(Set(ids).count == 2 && ids.allSatisfy { $0.count == 16 })
    }
}
