// SPDX-License-Identifier: GPL-3.0-or-later
import MQTT
import Settings
import Testing

@testable import Assistant

@Suite("The settings of the MQTT broker")
struct MQTTBrokerTests {
    private static func settings(_ url: String = "mqtt://broker") -> Settings {
        var settings = Settings()
        settings.mqtt.broker = .init(url)
        settings.mqtt.deviceID = "1"
        return settings
    }

    @Test("become the broker's options; there are none without an address")
    func broker() throws {
        var settings = Self.settings("mqtts://broker")
        settings.mqtt.user = "utter"
        let options = try #require(
            try settings.mqttBroker(clientID: "utter_1", environment: ["UTTER_MQTT_PASSWORD": "sesame"]))
        #expect(options.address == "broker:8883" && options.security == .systemCertificates)
        #expect(options.user == "utter" && options.password == "sesame" && options.clientID == "utter_1")
        settings.mqtt.caFile = "ca.pem"
        #expect(
            try settings.mqttBroker(clientID: "1", environment: [:])?.security == .certificates(file: "ca.pem"))
        #expect(
            try Self.settings().mqttBroker(clientID: "1", environment: [:])?.security == BrokerOptions.Security.none)
        #expect(try Settings().mqttBroker(clientID: "1", environment: [:]) == nil)
    }

    @Test("become the device's name and topics")
    func device() {
        var settings = Self.settings()
        let device = settings.homeAssistantDevice(hostName: "kitchen.lan", version: "1.2.3")
        #expect(device.name == "Utter kitchen" && device.topics.base == "utter/1" && device.page == nil)
        settings.mqtt.deviceName = "Küche"
        settings.mqtt.topic = "house"
        #expect(settings.homeAssistantDevice(hostName: "x", version: "1").name == "Küche")
        #expect(settings.homeAssistantDevice(hostName: "x", version: "1").topics.base == "house/1")
    }

    @Test(
        "name the page where other machines reach it",
        arguments: [
            (["127.0.0.1:8473", "[::1]:1"], nil), (["127.0.0.1:8473", "10.0.0.5:80"], "http://10.0.0.5:80/"),
            (["0.0.0.0:8473"], "http://kitchen.local:8473/"), ([], nil),
        ] as [([String], String?)])
    func page(listen: [String], page: String?) {
        var settings = Self.settings()
        settings.server.listen = listen.compactMap(Settings.Server.Endpoint.init)
        #expect(settings.homeAssistantDevice(hostName: "kitchen.lan", version: "1").page == page)
    }
}
