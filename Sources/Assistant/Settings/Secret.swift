// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
package import Utterance

/// A secret. It never appears on the command line or in the configuration, where others could read it.
package enum Secret {
    /// The API key for the model server.
    case modelKey
    /// The API key for a fallback server, numbered from 1: a key is never sent to another server.
    case fallbackKey(Int)
    /// The API key for a voice server, numbered from 1.
    case voiceKey(Int)
    /// The token that clients of the daemon authenticate with.
    case serverToken
    /// The password for the MQTT broker.
    case mqttPassword

    private var variable: String {
        switch self {
        case .modelKey: Settings.modelKeyVariable
        case .fallbackKey(let number): Settings.fallbackKeyVariable(number)
        case .voiceKey(let number): Settings.voiceKeyVariable(number)
        case .serverToken: Settings.serverTokenVariable
        case .mqttPassword: Settings.mqttPasswordVariable
        }
    }

    /// Its name for systemd's `LoadCredential=`.
    private var credential: String {
        switch self {
        case .modelKey: "model-api-key"
        case .fallbackKey(let number): "model-api-key-\(number)"
        case .voiceKey(let number): "speech-api-key-\(number)"
        case .serverToken: "server-token"
        case .mqttPassword: "mqtt-password"
        }
    }

    /// Returns the environment variable, or else the content of the file in `$CREDENTIALS_DIRECTORY`, without
    /// surrounding whitespace.
    ///
    /// - Throws: `Fault(.configurationInvalid)` if the file exists but can't be read.
    package func find(
        in environment: [String: String],
        readFile: (String) throws -> [UInt8]? = { try Settings.readFile($0) }
    ) throws(Fault) -> String? {
        if let secret = Self.trimmed(environment[variable]) { return secret }
        guard let folder = Self.trimmed(environment["CREDENTIALS_DIRECTORY"]) else { return nil }
        let path = "\(folder)/\(credential)"
        do {
            return Self.trimmed(try readFile(path).map { String(decoding: $0, as: UTF8.self) })
        } catch {
            throw Fault(.configurationInvalid, "The secret in \(path) can't be read; check the file's permissions.")
        }
    }

    private static func trimmed(_ text: String?) -> String? {
        let rest = text?.trimmed ?? ""
        return rest.isEmpty ? nil : rest
    }
}
