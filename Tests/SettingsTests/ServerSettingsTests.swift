// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Settings

@Suite struct ServerSettingsTests {
    @Test func `Every server key reaches its place`() throws {
        let settings = try load(
            """
            server:
              listen: ["0.0.0.0:80", "[::1]:8473"]
              socket: /run/x.sock
              allowed_networks: [192.168.1.0/24, "fd00::/8", 10.0.0.7]
              allowed_hosts: [speaker.local]
              allowed_origins: ["https://home.example", "http://10.0.0.5:8123"]
              queue_length: 3
              longest_prompt_characters: 500
              requests_per_s: 5
            conversation: {expire_min: 90, file: /var/lib/utter/conversations.json}
            model: {preload: false}
            """)
        #expect(settings.server.listen == [.init(host: "0.0.0.0", port: 80), .init(host: "::1", port: 8473)])
        #expect(settings.server.listen.map(\.description) == ["0.0.0.0:80", "[::1]:8473"])
        #expect(settings.server.socket == .path("/run/x.sock"))
        #expect(settings.server.allowedNetworks == ["192.168.1.0/24", "fd00::/8", "10.0.0.7"])
        #expect(settings.server.allowedHosts == ["speaker.local"])
        #expect(settings.server.allowedOrigins == ["https://home.example", "http://10.0.0.5:8123"])
        #expect(settings.server.queueLength == 3)
        #expect(settings.server.longestPromptCharacters == 500)
        #expect(settings.server.requestsPerSecond == 5)
        #expect(settings.conversation.expiry == .seconds(5_400))
        #expect(settings.conversation.file == "/var/lib/utter/conversations.json")
        #expect(!settings.model.preload)
        #expect(try load(settings.rendered()).server == settings.server)
    }

    @Test(
        arguments: [
            ("\"\"", []), ("[]", []), ("127.0.0.1:0", ["127.0.0.1:0"]), ("localhost:80", ["localhost:80"]),
            ("\"10.0.0.1:80, [fd00::1]:80\"", ["10.0.0.1:80", "[fd00::1]:80"]),
        ] as [(String, [String])])
    func `A list may be written as one text`(written: String, endpoints: [String]) throws {
        #expect(try load("server: {listen: \(written)}").server.listen.map(\.description) == endpoints)
    }

    @Test func `A list may come from the environment`() throws {
        let settings = try load(environment: [
            "UTTER_SERVER_LISTEN": "[::1]:80,10.0.0.1:80", "UTTER_SERVER_ALLOWED_NETWORKS": "10.0.0.0/8",
            "UTTER_SERVER_SOCKET": "off",
        ])
        #expect(settings.server.listen.map(\.description) == ["[::1]:80", "10.0.0.1:80"])
        for list in [#"["[::1]:80", "10.0.0.1:80"]"#, "[[::1]:80, 10.0.0.1:80]", "[::1]:80 10.0.0.1:80"] {
            let listen = try load(environment: ["UTTER_SERVER_LISTEN": list]).server.listen
            #expect(listen.map(\.description) == ["[::1]:80", "10.0.0.1:80"])
        }
        #expect(settings.server.allowedNetworks == ["10.0.0.0/8"])
        #expect(settings.server.socket == .off)
        #expect(try load(environment: ["UTTER_SERVER_LISTEN": "[]"]).server.listen == [])
    }

    @Test(arguments: [
        "listen: 8473", "listen: [127.0.0.1]", "listen: [\"127.0.0.1:65536\"]", "listen: [\"::1:80\"]",
        "listen: [\"[127.0.0.1]:80\"]", "listen: [\"a b:80\"]", "listen: [\":80\"]", "listen: {a: b}", "listen: [[a]]",
        "socket: utter.sock", "socket: on", "socket: /\(String(repeating: "x", count: 108))",
        "allowed_networks: [10.0.0.0/33]", "allowed_networks: [10.0.0/8]", "allowed_networks: [\"fd00::/129\"]",
        "allowed_networks: [box]", "allowed_networks: [10.0.0.0/]", "allowed_hosts: [\"a:80\"]",
        "allowed_hosts: [\"*\"]", "allowed_origins: [\"*\"]", "allowed_origins: [home.example]",
        "allowed_origins: [\"https://home.example/\"]", "allowed_origins: [\"https://me@home.example\"]",
        "queue_length: 0", "requests_per_s: 0", "longest_prompt_characters: 99",
    ])
    func `An invalid address, network, name or number is rejected`(line: String) throws {
        let problem = try #require(problems("server: {\(line)}"))
        #expect(problem.hasPrefix("config.yaml:1:") && problem.contains("must be"), "\(problem)")
    }

    @Test func `The keys that a running daemon can't change are known`() throws {
        let before = try load("")
        let after = try load(
            """
            model: {name: other}
            speech: {rate_wpm: 200}
            playback: {device: "hw:1", sentence_pause_ms: 0}
            server: {listen: [], queue_length: 3}
            conversation: {history_turns: 2, file: /x}
            """)
        let keys = ["playback.device", "conversation.file", "server.listen", "server.queue_length"]
        #expect(before.keysForRestart(changedIn: after) == keys)
        #expect(before.keysForRestart(changedIn: before) == [])
    }

    @Test func `Wyoming has an address for each of its services, or none`() throws {
        let settings = try load(
            """
            wyoming: {satellite: "0.0.0.0:10400", tts: "[::1]:10401", handle: "localhost:10401", speak_answers: true}
            """)
        #expect(settings.wyoming.satellite == .init(host: "0.0.0.0", port: 10_400))
        #expect(settings.wyoming.speech == .init(host: "::1", port: 10_401))
        #expect(settings.wyoming.conversation == .init(host: "localhost", port: 10_401))
        #expect(settings.wyoming.speaksAnswers)
        #expect(try load(settings.rendered()).wyoming == settings.wyoming)
        #expect(try load("wyoming: {satellite: \"\"}").wyoming == Settings.Wyoming())
        #expect(try load("").keysForRestart(changedIn: settings).contains("wyoming.tts"))
        for wrong in ["10400", "0.0.0.0", "[127.0.0.1:10400]", "0.0.0.0:99999"] {
            #expect(throws: SettingsError.self) { try load("wyoming: {satellite: \(wrong)}") }
        }
    }
}
