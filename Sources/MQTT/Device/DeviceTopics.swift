// SPDX-License-Identifier: GPL-3.0-or-later

/// The topics of a device, all below `utter/ID`.
package struct DeviceTopics: Sendable, Hashable {
    /// Letters, digits, `-` and `_`.
    package var id: String
    /// Such as `utter/0a1b2c3d4e5f6071`.
    package var base: String
    /// Home Assistant's, such as `homeassistant`.
    package var discoveryPrefix: String

    package init(id: String, root: String = "utter", discoveryPrefix: String = "homeassistant") {
        self.id = id
        base = "\(root)/\(id)"
        self.discoveryPrefix = discoveryPrefix
    }

    /// Prefix of all names at Home Assistant, and the name for the broker.
    package var name: String { "utter_\(id)" }

    /// `online` or `offline`.
    package var availability: String { "\(base)/status" }
    var discovery: String { "\(discoveryPrefix)/device/\(name)/config" }
    /// Where Home Assistant reports that it has started, or is about to stop.
    var homeAssistant: String { "\(discoveryPrefix)/status" }
    /// What becomes of each answer, as it happens.
    var answerEvents: String { "\(base)/event" }

    func state(_ state: DeviceStates.Name) -> String { "\(base)/\(state.rawValue)" }
    func command(_ command: DeviceCommand.Name) -> String { "\(base)/\(command.rawValue)" }

    package var subscriptions: [String] {
        DeviceCommand.Name.allCases.map(command) + [homeAssistant]
    }
}
