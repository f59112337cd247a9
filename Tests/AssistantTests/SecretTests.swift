// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Settings
import Testing
import Utterance

@testable import Assistant

@Suite("A secret") struct SecretTests {
    @Test(
        "comes from the environment, or else from a systemd credential",
        arguments: [
            (Secret.modelKey, "UTTER_MODEL_API_KEY", "model-api-key"),
            (.fallbackKey(1), "UTTER_MODEL_API_KEY_1", "model-api-key-1"),
            (.serverToken, "UTTER_SERVER_TOKEN", "server-token"),
            (.mqttPassword, "UTTER_MQTT_PASSWORD", "mqtt-password"),
        ])
    func places(secret: Secret, variable: String, credential: String) throws {
        let file = "/run/credentials/utter.service/\(credential)"
        let read: (String) throws -> [UInt8]? = { $0 == file ? Array(" from-file\n".utf8) : nil }
        let credentials = ["CREDENTIALS_DIRECTORY": "/run/credentials/utter.service"]
        #expect(try secret.find(in: credentials, readFile: read) == "from-file")
        #expect(try secret.find(in: credentials.merging([variable: "k"]) { $1 }, readFile: read) == "k")
        #expect(try secret.find(in: credentials.merging([variable: " "]) { $1 }, readFile: read) == "from-file")
        #expect(try secret.find(in: ["CREDENTIALS_DIRECTORY": "/nowhere"], readFile: read) == nil)
        #expect(try secret.find(in: [:], readFile: read) == nil)
    }

    @Test("that is empty counts as missing, like systemd's default credentials")
    func blank() throws {
        #expect(try Secret.serverToken.find(in: ["CREDENTIALS_DIRECTORY": "/x"]) { _ in Array("\n".utf8) } == nil)
    }

    @Test(
        "is not a setting, and not an error in the configuration",
        arguments: ["UTTER_MODEL_API_KEY", "UTTER_SERVER_TOKEN"])
    func noSetting(variable: String) throws {
        let settings = try Settings.load(environment: [variable: "secret"])
        #expect(!settings.rendered().contains("secret"))
    }

    @Test("that can't be read is a configuration fault")
    func unreadable() {
        struct Denied: Error {}
        #expect(throws: Fault.self) {
            try Secret.modelKey.find(in: ["CREDENTIALS_DIRECTORY": "/x"]) { _ in throw Denied() }
        }
    }
}

@Suite("A proxy") struct ProxyTests {
    @Test(
        "from the environment is used for remote servers with its scheme, never for this machine",
        arguments: [
            ("https://example.com", ["HTTPS_PROXY": "http://proxy:3128"], true),
            ("http://10.0.0.5:11434", ["http_proxy": "proxy:3128"], true),
            ("http://10.0.0.5:11434", ["https_proxy": "proxy:3128"], false),
            ("http://127.0.0.1:11434", ["http_proxy": "proxy:3128"], false),
            ("https://example.com", [:], false),
            ("http://10.0.0.5:11434", ["http_proxy": "proxy:3128", "no_proxy": "localhost, 10.0.0.5"], false),
            ("http://10.0.0.5:11434", ["http_proxy": "proxy:3128", "NO_PROXY": "10.0.0.0/8"], false),
            ("http://10.0.0.5:11434", ["http_proxy": "proxy:3128", "no_proxy": "10.0.0.6,11.0.0.0/8,."], true),
            ("http://[fd00::1]:11434", ["http_proxy": "proxy:3128", "no_proxy": "fd00::/8"], false),
            ("http://gpu.lan:11434", ["http_proxy": "proxy:3128", "no_proxy": "LAN"], false),
            ("http://gpu.lan:11434", ["http_proxy": "proxy:3128", "no_proxy": ".lan"], false),
            ("http://gpu.lan:11434", ["http_proxy": "proxy:3128", "no_proxy": "u.lan,gpu"], true),
            ("https://example.com", ["https_proxy": "proxy:3128", "no_proxy": "*"], false),
        ] as [(String, [String: String], Bool)])
    func choice(server: String, environment: [String: String], isUsed: Bool) throws {
        let proxy = try ServerAddress.proxy(for: ServerAddress(server), in: environment)
        #expect((proxy != nil) == isUsed)
        if isUsed { #expect(proxy?.port == 3128) }
    }
}
