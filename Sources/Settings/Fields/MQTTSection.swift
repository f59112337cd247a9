// SPDX-License-Identifier: GPL-3.0-or-later

extension Section {
    static let mqtt = Section(
        "mqtt",
        "An MQTT broker, through which Home Assistant finds the daemon (docs/home.md). The password is in "
            + "UTTER_MQTT_PASSWORD or in systemd's credential mqtt-password, never here.",
        [
            Field(
                "url", \.mqtt.broker, .optional(.broker, none: ""),
                "The broker, such as \"mqtt://192.168.1.10\", or \"mqtts://broker.example:8883\" for TLS; \"\" turns this off"
            ),
            Field("user", \.mqtt.user, .optional(.name, none: ""), "User name for the broker; \"\" is none"),
            Field(
                "ca_file", \.mqtt.caFile, .optional(.name, none: ""),
                "PEM file with the authorities that may sign the broker's certificate; \"\" is the system's"),
            Field(
                "device_name", \.mqtt.deviceName, .optional(.name, none: ""),
                "The device's name in Home Assistant, such as Kitchen; \"\" is Utter and this machine's name"),
            Field(
                "device_id", \.mqtt.deviceID, .optional(.deviceID, none: ""),
                "The ID that Home Assistant knows it by, different for each daemon; \"\" is derived from /etc/machine-id"
            ),
            Field(
                "discovery_prefix", \.mqtt.discoveryPrefix, .topic,
                "The discovery prefix set in Home Assistant"),
            Field("topic", \.mqtt.topic, .topic, "The device's topics begin with this and its device_id"),
        ])
}
