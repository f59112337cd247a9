// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Settings
import Testing
import Utterance

@testable import utter

@Suite("The key of a model server") struct ModelKeyTests {
    @Test("comes from the environment first, else from a credential of systemd's")
    func places() throws {
        let file = "/run/credentials/utter.service/model-api-key"
        let read: (String) throws -> [UInt8]? = { $0 == file ? Array("from-file\n".utf8) : nil }
        let credentials = ["CREDENTIALS_DIRECTORY": "/run/credentials/utter.service"]
        #expect(try ModelKey.find(in: credentials, readFile: read) == "from-file\n")
        #expect(
            try ModelKey.find(in: credentials.merging(["UTTER_MODEL_API_KEY": "k"]) { $1 }, readFile: read) == "k")
        #expect(try ModelKey.find(in: ["CREDENTIALS_DIRECTORY": "/nowhere"], readFile: read) == nil)
        #expect(try ModelKey.find(in: [:], readFile: read) == nil)
    }

    @Test("is no setting, and no error of the configuration")
    func noSetting() throws {
        let settings = try Settings.load(environment: ["UTTER_MODEL_API_KEY": "secret"])
        #expect(!settings.rendered().contains("secret"))
    }

    @Test("that can't be read is a fault of the configuration")
    func unreadable() {
        struct Denied: Error {}
        #expect(throws: Fault.self) {
            try ModelKey.find(in: ["CREDENTIALS_DIRECTORY": "/x"]) { _ in throw Denied() }
        }
    }
}

@Suite("A proxy") struct ProxyTests {
    @Test(
        "of the environment is used for far servers of its scheme, never for this machine",
        arguments: [
            ("https://example.com", ["HTTPS_PROXY": "http://proxy:3128"], true),
            ("http://10.0.0.5:11434", ["http_proxy": "proxy:3128"], true),
            ("http://10.0.0.5:11434", ["https_proxy": "proxy:3128"], false),
            ("http://127.0.0.1:11434", ["http_proxy": "proxy:3128"], false),
            ("https://example.com", [:], false),
        ] as [(String, [String: String], Bool)])
    func choice(server: String, environment: [String: String], isUsed: Bool) throws {
        let proxy = try ServerAddress.proxy(for: ServerAddress(server), in: environment)
        #expect((proxy != nil) == isUsed)
        if isUsed { #expect(proxy?.port == 3128) }
    }
}
