// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Settings

@Suite struct MQTTSettingsTests {
    @Test func `Every key of the broker reaches its place`() throws {
        let settings = try load(
            """
            mqtt: {url: "mqtts://broker.example", user: utter, ca_file: /etc/utter/ca.pem, device_name: Kitchen,
              device_id: kitchen-1, discovery_prefix: ha/discovery, topic: house/utter}
            """)
        #expect(settings.mqtt.broker == .init(host: "broker.example", port: 8_883, isSecure: true))
        #expect(settings.mqtt.user == "utter" && settings.mqtt.caFile == "/etc/utter/ca.pem")
        #expect(settings.mqtt.deviceName == "Kitchen" && settings.mqtt.deviceID == "kitchen-1")
        #expect(settings.mqtt.discoveryPrefix == "ha/discovery" && settings.mqtt.topic == "house/utter")
        #expect(try load(settings.rendered()).mqtt == settings.mqtt)
        #expect(try load().mqtt.broker == nil)
    }

    @Test(
        arguments: [
            ("mqtt://10.0.0.2", "mqtt://10.0.0.2:1883"), ("MQTT://Broker.Example:1884/", "mqtt://Broker.Example:1884"),
            ("mqtts://[fd00::1]", "mqtts://[fd00::1]:8883"), ("mqtt://[::1]:99", "mqtt://[::1]:99"),
        ])
    func `An address may leave out its port`(url: String, broker: String) throws {
        #expect(try load("mqtt: {url: \"\(url)\"}").mqtt.broker?.description == broker)
    }

    @Test(
        arguments: [
            "url: broker", "url: \"http://broker\"", "url: \"mqtt://\"", "url: \"mqtt://a:b@broker\"",
            "url: \"mqtt://broker:0\"", "url: \"mqtt://broker:99999\"", "url: \"mqtt://broker/path\"",
            "discovery_prefix: \"home/#\"", "discovery_prefix: \"\"", "topic: \"/utter\"", "topic: \"a/+/b\"",
            "topic: \"$SYS/utter\"", "device_id: \"my kitchen\"", "device_id: \"a/b\"",
        ])
    func `What is no address, topic or ID is refused`(key: String) {
        #expect(problems("mqtt: {\(key)}")?.contains("must be") == true)
    }

    @Test func `The password is no setting, and its variable is known`() throws {
        #expect(problems("mqtt: {password: sesame}")?.contains("unknown key") == true)
        #expect(try load(environment: ["UTTER_MQTT_PASSWORD": "sesame"]).mqtt == .init())
        #expect(problems("", environment: ["UTTER_MQTT_PASSWORT": "x"])?.contains("UTTER_MQTT_PASSWORD") == true)
    }

    @Test func `A change of any key needs a restart`() throws {
        let changed = try load("mqtt: {url: \"mqtt://broker\", user: utter}")
        #expect(Settings().keysForRestart(changedIn: changed) == ["mqtt.url", "mqtt.user"])
    }
}
