// SPDX-License-Identifier: GPL-3.0-or-later
package import Utterance

/// Why there is no connection to a broker.
package enum BrokerFailure: Error, Sendable, Hashable {
    /// With the system's reason.
    case unreachable(String)
    case hostUnknown
    /// It doesn't know the user name, or the password is wrong.
    case unauthorized
    /// It does not speak the version of MQTT that it was asked for.
    case versionRefused
    /// It refuses the connection for another reason, by its code in CONNACK.
    case refused(code: Int)
    /// The TLS handshake failed, with OpenSSL's reason.
    case untrusted(String)
    case certificatesUnreadable(file: String)
    /// It closed the connection, or the network did.
    case closed
    /// It does not answer.
    case silent
    /// Another client has connected with the same name.
    case takenOver
    /// libmosquitto's own reason.
    case other(String)

    /// - Parameter code: of CONNACK, in MQTT 3.1.1 (section 3.2.2.3) or 5 (section 3.2.2.2).
    init(refusal code: CInt) {
        self =
            switch code {
            case 4, 5, 134, 135: .unauthorized
            case 1, 132: .versionRefused
            default: .refused(code: Int(code))
            }
    }

    /// Which of the codes below; a change of it is worth telling.
    package var code: String {
        switch self {
        case .unreachable, .hostUnknown, .silent: "mqtt_unreachable"
        case .unauthorized, .versionRefused, .refused: "mqtt_refused"
        case .untrusted, .certificatesUnreadable: "mqtt_untrusted"
        case .closed, .other: "mqtt_lost"
        case .takenOver: "mqtt_taken_over"
        }
    }

    /// What to tell the user.
    package func notice(of options: BrokerOptions) -> Notice {
        let broker = "The MQTT broker at \(options.address)"
        switch self {
        case .unreachable(let reason):
            return Notice("mqtt_unreachable", "\(broker) can't be reached (\(reason)): start it, or correct mqtt.url.")
        case .hostUnknown:
            return Notice(
                "mqtt_unreachable", "\(broker) can't be reached, since its name is unknown: correct mqtt.url.")
        case .silent:
            return Notice(
                "mqtt_unreachable", "\(broker) does not answer: check that it runs, and that mqtt.url names its port.")
        case .unauthorized:
            return Notice(
                "mqtt_refused",
                "\(broker) refuses the user name or the password: correct mqtt.user, and UTTER_MQTT_PASSWORD or the "
                    + "credential mqtt-password.")
        case .versionRefused:
            return Notice("mqtt_refused", "\(broker) speaks neither MQTT 5 nor 3.1.1: use another one.")
        case .refused(let code):
            return Notice("mqtt_refused", "\(broker) refuses the connection (code \(code)): its log says why.")
        case .untrusted(let reason):
            return Notice(
                "mqtt_untrusted",
                "\(broker) has no certificate that can be trusted (\(reason)): set mqtt.ca_file to the certificate of its "
                    + "authority, and use the name in the broker's certificate in mqtt.url.")
        case .certificatesUnreadable(let file):
            return Notice("mqtt_untrusted", "mqtt.ca_file: \(file) can't be read as a file of certificates in PEM.")
        case .closed:
            return Notice(
                "mqtt_lost",
                "\(broker) closed the connection: if it keeps doing so, check that mqtt.url names its port, and that no "
                    + "other device has the same mqtt.device_id.")
        case .takenOver:
            return Notice(
                "mqtt_taken_over",
                "Another program uses the MQTT client name \(options.clientID): set mqtt.device_id, different on each.")
        case .other(let reason):
            return Notice("mqtt_lost", "The connection to the MQTT broker at \(options.address) failed (\(reason)).")
        }
    }
}
