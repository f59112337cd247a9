// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import TestSupport
import Testing
import Utterance

@testable import MQTT

@Suite("A message over MQTT")
struct DeviceCommandTests {
    private static let topics = DeviceTopics(id: "1", root: "home/utter")

    private static func command(
        _ topic: String, _ payload: String, isRetained: Bool = false, limit: Int = 100
    ) throws -> DeviceCommand? {
        try DeviceCommand(
            IncomingMessage(topic, Array(payload.utf8), isRetained: isRetained), topics: topics, limit: limit)
    }

    private static let commands: [(String, String, DeviceCommand)] = [
        ("say", "Dinner is ready. 吃饭了。", .say(SayRequest(text: "Dinner is ready. 吃饭了。", delivery: Delivery()))),
        // It looks like JSON, and is text.
        ("say", #"{"text": 1}"#, .say(SayRequest(text: #"{"text": 1}"#, delivery: Delivery()))),
        ("announce", "Fire!", .say(SayRequest(text: "Fire!", delivery: Delivery(priority: .important)))),
        ("ask", "Why?", .ask(AskRequest(prompt: "Why?"))),
        (
            "say/json", #"{"text": "Hi.", "priority": "progress", "voice": "en", "policy": "interrupt"}"#,
            .say(
                SayRequest(
                    text: "Hi.", delivery: Delivery(policy: .interrupt, priority: .progress, voice: "en")))
        ),
        (
            "ask/json", #"{"prompt": "Why?", "session": "kids", "persona": "story"}"#,
            .ask(AskRequest(prompt: "Why?", session: "kids", persona: "story"))
        ),
        ("command", "stop", .stop), ("command", "pause", .pause), ("command", "resume", .resume),
        ("pause/set", "ON", .pause), ("pause/set", "OFF", .resume),
        ("mute/set", "ON", .change(["muted": true])), ("mute/set", "OFF", .change(["muted": false])),
        ("volume/set", "80", .change(["volume": 80])), ("volume/set", "80.0", .change(["volume": 80])),
        ("rate/set", "200", .change(["rate": 200])), ("voice/set", "auto", .change(["voice": "auto"])),
        ("persona/set", "story", .persona("story")),
    ]

    @Test("is a command", arguments: commands)
    func command(topic: String, payload: String, command: DeviceCommand) throws {
        #expect(try Self.command("home/utter/1/\(topic)", payload) == command)
    }

    @Test("that the broker has kept is none", arguments: commands)
    func retained(topic: String, payload: String, _: DeviceCommand) throws {
        #expect(try Self.command("home/utter/1/\(topic)", payload, isRetained: true) == nil)
    }

    @Test(
        "of another topic is none",
        arguments: ["home/utter/2/say", "home/utter/1", "home/utter/1/status", "home/utter/1/say/set", "utter/1/say"])
    func other(topic: String) throws {
        #expect(try Self.command(topic, "Hello.") == nil)
    }

    @Test("of Home Assistant's start, kept or not, has the device introduce itself; of its end not")
    func birth() throws {
        #expect(try Self.command("homeassistant/status", "online") == .introduce)
        #expect(try Self.command("homeassistant/status", "online", isRetained: true) == .introduce)
        #expect(try Self.command("homeassistant/status", "offline") == nil)
    }

    @Test(
        "that is wrong says what is wrong",
        arguments: [
            ("say", "", "missing or blank"), ("say", " \n", "missing or blank"), ("ask", "", "missing or blank"),
            ("say", String(repeating: "a", count: 101), "more than 100 characters"),
            ("say", String(repeating: "a", count: 401), "say has more than 400 bytes"),
            ("announce", String(repeating: "a", count: 401), "announce has more than 400 bytes"),
            ("say/json", "Hello.", "not a JSON object"), ("say/json", #"{"txt": "Hi."}"#, "text is missing"),
            ("ask/json", #"{"prompt": "Why?", "prioritty": "normal"}"#, "There is no member prioritty"),
            ("command", "explode", "stop, pause or resume"), ("pause/set", "on", "ON or OFF"),
            ("volume/set", "loud", "whole number"), ("volume/set", "1e300", "whole number"),
            ("volume/set", "nan", "whole number"), ("rate/set", "100.5", "whole number"),
            ("voice/set", String(repeating: "a", count: 257), "more than 256 bytes"),
        ])
    func wrong(topic: String, payload: String, words: String) {
        do {
            let command = try Self.command("home/utter/1/\(topic)", payload)
            Issue.record("\(String(describing: command))")
        } catch {
            #expect((error as? InvalidRequest)?.message.contains(words) == true, "\(error)")
        }
    }

    @Test("that is not UTF-8 is refused, whatever its topic", arguments: DeviceCommand.Name.allCases)
    func bytes(name: DeviceCommand.Name) {
        let message = IncomingMessage(Self.topics.command(name), [0x41, 0xFF])
        #expect(throws: InvalidRequest.self) { try DeviceCommand(message, topics: Self.topics, limit: 100) }
    }

    @Test("of random bytes does no harm")
    func random() {
        var generator = SeededGenerator(seed: 1)
        for name in DeviceCommand.Name.allCases {
            for _ in 0..<200 {
                let count = Int.random(in: 0..<300, using: &generator)
                let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let message = IncomingMessage(Self.topics.command(name), bytes)
                _ = try? DeviceCommand(message, topics: Self.topics, limit: 100)
            }
        }
    }
}
