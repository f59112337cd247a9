// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import TestSupport
import Testing
import Utterance

extension EndToEnd {
    @Suite(
        "The daemon with an MQTT broker",
        .enabled(if: MosquittoBroker.isInstalled, "\(MosquittoBroker.reasonToSkip)"))
    struct ServedMQTT {
        static let base = "utter/kitchen"

        /// - Parameter more: further settings of the section.
        static func config(_ url: String, _ more: String = "", model: String = "{provider: demo}") -> String {
            """
            model: \(model)
            server: {listen: []}
            mqtt: {url: "\(url)", device_id: kitchen, device_name: Kitchen\(more)}

            """
        }

        /// A running daemon, its broker, and a listener for its messages.
        struct Served {
            let utter: UtterProgram
            let running: UtterProgram.Running
            let broker: MosquittoBroker
            let listener: MQTTListener

            func command(_ name: String, _ payload: String, _ options: String...) async throws {
                _ = try await InstalledProgram("mosquitto_pub").run(
                    ["-p", "\(broker.port)", "-t", "\(base)/\(name)", "-q", "1", "-s"] + options, input: payload)
            }

            @discardableResult
            func state(_ name: String, holding text: String = "", after count: Int = 0) async throws -> String {
                try await listener.message("\(base)/\(name)", holding: text, after: count).text
            }
        }

        @discardableResult
        private static func serve(
            model: String = "{provider: demo}", before: (MosquittoBroker) async throws -> Void = { _ in },
            while body: (Served) async throws -> Void
        ) async throws -> (UtterProgram.Result, MQTTListener) {
            let home = try UtterProgram()
            return try await MosquittoBroker.run(in: home.folder) { broker in
                try await before(broker)
                let listener = try await MQTTListener(broker)
                let utter = try UtterProgram(config: config(broker.url, model: model))
                let end = try await utter.serve { running in
                    try await listener.message("\(base)/status", holding: "online")
                    try await body(
                        Served(utter: utter, running: running, broker: broker, listener: listener))
                }
                return (end, listener)
            }
        }

        @Test("publishes its discovery, again when Home Assistant starts, and goes offline at its end")
        func introduction() async throws {
            let topic = "homeassistant/device/utter_kitchen/config"
            let (end, listener) = try await Self.serve { served in
                let message = try await served.listener.message(topic)
                let payload = try JSON.object(message.payload)
                #expect(payload["dev"]?["name"] == "Kitchen" && payload["dev"]?["sw"] == "0.1.0")
                #expect(payload["cmps"]?["speak"]?["cmd_t"] == "utter/kitchen/say")
                let voices = payload["cmps"]?["voice"]?["ops"]?.elements ?? []
                #expect(voices.first == "auto" && voices.contains("en-us") && voices.contains("cmn"))
                let personas = payload["cmps"]?["persona"]?["ops"]?.elements ?? []
                #expect(personas.contains("assistant") && personas.contains("story"))
                for (state, value) in [("volume", "100"), ("rate", "175"), ("voice", "auto"), ("persona", "assistant")]
                {
                    #expect(try await served.state(state) == value)
                }
                try await served.state("ready", holding: #""state":"ON""#)
                let count = served.listener.messages.count
                try await served.broker.publish("homeassistant/status", "online")
                #expect(try await served.listener.message(topic, after: count).payload == message.payload)
                try await served.state("volume", after: count)
                let status = try await HTTPExchange.send("GET /v1/status", to: served.utter.daemon)
                #expect(status.text.contains(#""broker":{"address":"127.0.0.1:\#(served.broker.port)","#))
                #expect(status.text.contains(#""connected":true"#))
                let metrics = try await HTTPExchange.send("GET /metrics", to: served.utter.daemon)
                #expect(metrics.text.contains("utter_mqtt_connected 1\n"))
            }
            #expect(end.exitCode == 0)
            try await listener.message("\(Self.base)/status", holding: "offline")
        }

        @Test("publishes the last question and answer again when Home Assistant starts; the broker retains only states")
        func retained() async throws {
            try await Self.serve { served in
                try await served.command("ask", "Who are you?")
                try await served.state("event", holding: "finished")
                let answer = try await served.state("answer", holding: "finished")
                let count = served.listener.messages.count
                try await served.broker.publish("homeassistant/status", "online")
                try await served.state("question", holding: "Who are you?", after: count)
                #expect(try await served.state("answer", after: count) == answer)
                let late = try await MQTTListener(served.broker)
                // All retained messages come before what is published now.
                try await served.broker.publish("test/end", "now")
                try await late.message("test/end")
                let kept = Set(late.messages.filter(\.isRetained).map(\.topic))
                let states = [
                    "status", "state", "volume", "rate", "voice", "persona", "mute", "pause", "ready", "fault",
                ]
                #expect(kept.isSuperset(of: states.map { "\(Self.base)/\($0)" }))
                #expect(kept.contains("homeassistant/device/utter_kitchen/config"))
                #expect(kept.isDisjoint(with: ["heard", "question", "answer", "event"].map { "\(Self.base)/\($0)" }))
            }
        }

        @Test("says texts with their priority")
        func texts() async throws {
            try await Self.serve { served in
                try await served.command("say", "Dinner is ready. Come.")
                let heard = try await served.state("heard", holding: "Dinner is ready.")
                #expect(heard.contains(#""so_far":"Dinner is ready.""#))
                try await served.state("event", holding: #""text":"Dinner is ready. Come.""#)
                let events = served.listener.messages.filter { $0.topic == "\(Self.base)/event" }.map(\.text)
                #expect(events.first?.contains(#""priority":"normal""#) == true)
                try await served.command("announce", "Fire.")
                try await served.state("event", holding: #""priority":"important""#)
                try await served.state("event", holding: #""text":"Fire.""#)
                try await served.command("say/json", #"{"text": "Half.", "priority": "progress", "voice": "en-gb"}"#)
                try await served.state("event", holding: #""priority":"progress""#)
                try await served.state("heard", holding: #""text":"Half.""#)
                try await served.listener.last("\(Self.base)/state", holding: "idle")
            }
        }

        @Test("answers questions, and publishes both")
        func question() async throws {
            let ollama = OllamaWire.serverOfDaemon { _, connection in
                try await connection.send(OllamaWire.chat(tokens: ["Because", " it rains.", " So there."]))
            }
            try await FaultServer.run(ollama) { server in
                let model = "{url: \"\(server.url)\", name: tiny}"
                try await Self.serve(model: model) { served in
                    try await served.command("ask", "Why?")
                    try await served.state("question", holding: #""text":"Why?""#)
                    try await served.state("heard", holding: #""so_far":"Because it rains. So there.""#)
                    let answer = try await served.state("answer", holding: "Because it rains. So there.")
                    #expect(answer.contains(#""ending":"finished""#) && answer.contains(#""question":"Why?""#))
                    let time = try await served.state("first_sound")
                    #expect((Int(time) ?? -1) >= 0)
                    try await served.state("event", holding: #""event_type":"finished""#)
                }
            }
        }

        @Test("stops what is being said")
        func stop() async throws {
            let ollama = OllamaWire.serverOfDaemon { _, connection in
                try await connection.send(OllamaWire.head + OllamaWire.chat("It begins. And"))
                try await Gate().opened()
            }
            try await FaultServer.run(ollama) { server in
                let model = "{url: \"\(server.url)\", name: tiny}"
                try await Self.serve(model: model) { served in
                    try await served.command("ask", "Why?")
                    try await served.state("heard", holding: "It begins.")
                    try await served.state("state", holding: "speaking")
                    try await served.command("command", "pause")
                    try await served.state("pause", holding: "ON")
                    try await served.state("state", holding: "paused")
                    try await served.command("pause/set", "OFF")
                    let count = served.listener.messages.count
                    try await served.command("command", "stop")
                    try await served.state("event", holding: #""event_type":"stopped""#)
                    try await served.state("state", holding: "idle", after: count)
                    try await served.state("answer", holding: #""ending":"stopped""#)
                }
            }
        }

        @Test("changes its controls, and publishes their values")
        func controls() async throws {
            try await Self.serve { served in
                let changes = [
                    ("volume", "55"), ("rate", "200"), ("voice", "en-gb"), ("mute", "ON"), ("persona", "story"),
                ]
                for (control, value) in changes {
                    try await served.command("\(control)/set", value)
                    try await served.state(control, holding: value)
                }
                let status = try await HTTPExchange.send("GET /v1/status", to: served.utter.daemon)
                #expect(status.text.contains(#""muted":true"#) && status.text.contains(#""volume":55"#))
                // Changes made elsewhere are published too.
                let count = served.listener.messages.count
                _ = try await HTTPExchange.send("PUT /v1/status", json: #"{"volume": 60}"#, to: served.utter.daemon)
                try await served.state("volume", holding: "60", after: count)
                // A voice that was not among the options becomes one.
                _ = try await HTTPExchange.send(
                    "PUT /v1/status", json: #"{"voice": "English (Great Britain)"}"#, to: served.utter.daemon)
                try await served.state("voice", holding: "English (Great Britain)")
                try await served.listener.message(
                    "homeassistant/device/utter_kitchen/config", holding: "English (Great Britain)")
            }
        }

        @Test("rejects invalid commands, says why, and continues")
        func refusals() async throws {
            let (end, _) = try await Self.serve { served in
                try await served.command("volume/set", "900")
                try await served.state("fault", holding: "volume 900 is out of range")
                try await served.command("persona/set", "strory")
                try await served.state("fault", holding: "Did you mean story?")
                try await served.command("say", String(repeating: "a", count: 20_001))
                try await served.state("fault", holding: "too_long")
                // The broker does not pass this on.
                try await served.command("say", String(repeating: "x", count: 1_000_000))
                try await served.command("say", "Still there.")
                try await served.state("event", holding: "Still there.")
                try await served.listener.last("\(Self.base)/fault", holding: #""code":"none""#)
            }
            #expect(end.exitCode == 0)
        }

        @Test("ignores retained commands")
        func retainedCommands() async throws {
            try await Self.serve { broker in
                try await broker.publish("\(Self.base)/say", "Old.", "-r")
                try await broker.publish("\(Self.base)/volume/set", "7", "-r")
            } while: { served in
                try await served.command("say", "New.")
                try await served.state("event", holding: "finished")
                let events = served.listener.messages.filter { $0.topic == "\(Self.base)/event" }.map(\.text)
                #expect(events.count == 2 && events.allSatisfy { !$0.contains("Old.") }, "\(events)")
                #expect(try await served.state("volume") == "100")
            }
        }
    }
}
