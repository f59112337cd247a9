// SPDX-License-Identifier: GPL-3.0-or-later

extension ValueForm<Settings.MQTT.Broker> {
    static let broker = ValueForm(
        expected: "an address such as mqtt://192.168.1.10 or mqtts://broker.example:8883",
        read: { $0.text.flatMap(Settings.MQTT.Broker.init) },
        write: \.description.quotedForYAML)
}

extension ValueForm<String> {
    /// The beginning of topics: of one part or more, without wildcards (MQTT 3.1.1, section 4.7).
    static let topic = ValueForm(
        expected: "the beginning of a topic, such as homeassistant, without + and #",
        read: { $0.text.flatMap { $0.isTopic ? $0 : nil } },
        write: \.quotedForYAML)

    /// What Home Assistant accepts in names of entities and devices.
    static let deviceID = ValueForm(
        expected: "1 to 64 letters, digits, - and _",
        read: { $0.text.flatMap { $0.isDeviceID ? $0 : nil } },
        write: \.quotedForYAML)
}

extension String {
    fileprivate var isTopic: Bool {
        guard (1...100).contains(utf8.count), !hasPrefix("/"), !hasSuffix("/"), !hasPrefix("$") else { return false }
        return unicodeScalars.allSatisfy { $0 != "+" && $0 != "#" && $0.properties.generalCategory != .control }
    }

    fileprivate var isDeviceID: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "-_".utf8.contains($0) }
    }
}
