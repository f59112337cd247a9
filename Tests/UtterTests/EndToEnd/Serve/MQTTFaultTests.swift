// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd.ServedMQTT {
    @Suite("Faults of the MQTT connection")
    struct Faults {
        private static let status = "\(EndToEnd.ServedMQTT.base)/status"

        private static func config(_ url: String, _ more: String = "") -> String {
            EndToEnd.ServedMQTT.config(url, more)
        }

        @Test("A daemon that is killed is offline, and online when it runs again")
        func lastWill() async throws {
            let home = try UtterProgram()
            try await MosquittoBroker.run(in: home.folder) { broker in
                let listener = try await MQTTListener(broker)
                let utter = try UtterProgram(config: Self.config(broker.url))
                for _ in 0..<2 {
                    let count = listener.messages.count
                    _ = try await utter.run(["serve", "--config", "config.yaml"]) { running in
                        try await listener.message(Self.status, holding: "online", after: count)
                        running.send(.kill)
                        try await running.end()
                    }
                    try await listener.message(Self.status, holding: "offline", after: count)
                }
            }
        }

        @Test("An absent broker is reported once; the daemon works without it, and connects when it starts or returns")
        func absentBroker() async throws {
            let home = try UtterProgram()
            let broker = try MosquittoBroker(in: home.folder)
            let utter = try UtterProgram(config: Self.config(broker.url))
            let end = try await utter.serve { running in
                try await running.errors(holding: "can't be reached (Connection refused)")
                let reply = try await HTTPExchange.send("POST /v1/say", json: #"{"text": "Hi."}"#, to: utter.daemon)
                #expect(reply.text.contains(#""ending":"finished""#))
                let ready = try await HTTPExchange.send("GET /readyz", to: utter.daemon)
                #expect(ready.status == 200)
                let status = try await utter.run(["status"], environment: ["UTTER_SOCKET": utter.daemon])
                #expect(status.text.contains("MQTT       The MQTT broker at 127.0.0.1:"), "\(status.text)")
                let doctor = try await utter.run(["doctor", "--config", "config.yaml"])
                #expect(doctor.text.contains("  note  MQTT broker   The MQTT broker at 127.0.0.1:"), "\(doctor.text)")
                try await broker.start()
                try await running.errors(holding: "Connected to the MQTT broker again.")
                let listener = try await MQTTListener(broker)
                try await listener.message(Self.status, holding: "online")
                let well = try await utter.run(["doctor", "--config", "config.yaml"])
                #expect(
                    well.text.contains(
                        #"  ok    MQTT broker   127.0.0.1:\#(broker.port); Home Assistant shows "Kitchen""#))
                await broker.stop()
                try await running.errors(holding: "closed the connection")
                try await broker.start()
                // The restarted broker has kept nothing.
                let later = try await MQTTListener(broker)
                try await later.message(Self.status, holding: "online")
                try await later.message("\(EndToEnd.ServedMQTT.base)/volume", holding: "100")
            }
            await broker.stop()
            #expect(end.exitCode == 0)
            #expect(end.errors.split(separator: "can't be reached").count == 2, "\(end.errors)")
        }

        @Test("A wrong password is reported once; the right one comes from the environment or a credential")
        func password() async throws {
            let home = try UtterProgram()
            let settings = try await MosquittoBroker.settings(user: "utter", password: "sesame", in: home.folder)
            try await MosquittoBroker.run(in: home.folder, settings: settings) { broker in
                let utter = try UtterProgram(config: Self.config(broker.url, ", user: utter"))
                let wrong = try await utter.serve(environment: ["UTTER_MQTT_PASSWORD": "barley"]) { running in
                    try await running.errors(holding: "refuses the user name or the password")
                }
                #expect(wrong.exitCode == 0 && !wrong.errors.contains("barley"))
                #expect(wrong.errors.split(separator: "code=mqtt_refused").count == 2)
                writeFile(utter.path("mqtt-password"), "sesame\n")
                for environment in [
                    ["UTTER_MQTT_PASSWORD": "sesame"], ["CREDENTIALS_DIRECTORY": utter.folder],
                ] {
                    let right = try await utter.serve(environment: environment) { running in
                        try await running.errors(holding: "Connected to the MQTT broker.")
                    }
                    #expect(right.exitCode == 0)
                }
            }
        }

        @Test("An untrusted certificate is reported; with its authority, TLS is used")
        func tls() async throws {
            let home = try UtterProgram()
            let (settings, certificate) = try await MosquittoBroker.settingsForTLS(in: home.folder)
            try await MosquittoBroker.run(in: home.folder, settings: settings) { broker in
                let url = "mqtts://localhost:\(broker.port)"
                let stranger = try UtterProgram(config: Self.config(url))
                try await stranger.serve { running in
                    try await running.errors(holding: "no certificate that can be trusted (certificate verify failed)")
                }
                let friend = try UtterProgram(config: Self.config(url, ", ca_file: \"\(certificate)\""))
                let end = try await friend.serve { running in
                    try await running.errors(holding: "Connected to the MQTT broker.")
                }
                #expect(end.exitCode == 0)
            }
        }
    }
}
