// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

@testable import MQTT

@Suite(
    "A connection to a real broker", .enabled(if: MosquittoBroker.isInstalled, "\(MosquittoBroker.reasonToSkip)"),
    .timeLimit(.minutes(5)))
struct BrokerLinkTests {
    private static func options(
        _ broker: MosquittoBroker, host: String = "127.0.0.1", security: BrokerOptions.Security = .none,
        user: String? = nil, password: String? = nil, client: String = "utter_test"
    ) -> BrokerOptions {
        BrokerOptions(
            host: host, port: UInt16(broker.port), security: security, user: user, password: password,
            clientID: client, will: OutgoingMessage("d/status", "offline", isRetained: true),
            subscriptions: ["d/say", "d/+/set"], longestMessage: 1_000)
    }

    private static func folder() throws -> UtterProgram { try UtterProgram() }

    private static func expect(
        _ expected: BrokerLink.Event, from link: BrokerLink, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let event = try await link.next()
        #expect(event == expected, sourceLocation: sourceLocation)
    }

    /// Waits for the next event that is not one of a failure.
    private static func good(_ link: BrokerLink) async throws -> BrokerLink.Event {
        while true {
            let event = try await link.next()
            guard case .failed = event else { return event }
        }
    }

    @Test("brings messages both ways, says which ones were retained, and publishes the will at the end")
    func messages() async throws {
        let home = try Self.folder()
        try await MosquittoBroker.run(in: home.folder) { broker in
            try await broker.publish("d/volume/set", "old", "-r")
            let listener = try await MQTTListener(broker)
            let link = BrokerLink(Self.options(broker))
            try await Self.expect(.connected(wasTold: false), from: link)
            try await Self.expect(.message(.init("d/volume/set", Array("old".utf8), isRetained: true)), from: link)
            link.publish(OutgoingMessage("d/state", "idle 你好", isRetained: true))
            #expect(try await listener.message("d/state").text == "idle 你好")
            try await broker.publish("d/other", "not subscribed to")
            try await broker.publish("d/say", "Hello.\n你好。")
            try await Self.expect(.message(.init("d/say", Array("Hello.\n你好。".utf8))), from: link)
            await link.close()
            #expect(try await listener.message("d/status").text == "offline")
        }
    }

    @Test("brings no message that is longer than asked for")
    func oversize() async throws {
        let home = try Self.folder()
        try await MosquittoBroker.run(in: home.folder) { broker in
            let link = BrokerLink(Self.options(broker))
            try await Self.expect(.connected(wasTold: false), from: link)
            try await broker.publish("d/say", String(repeating: "x", count: 100_000))
            try await broker.publish("d/say", "short")
            try await Self.expect(.message(.init("d/say", Array("short".utf8))), from: link)
            await link.close()
        }
    }

    @Test("loses no message unsaid")
    func flood() async throws {
        let home = try Self.folder()
        try await MosquittoBroker.run(in: home.folder) { broker in
            let link = BrokerLink(Self.options(broker))
            try await Self.expect(.connected(wasTold: false), from: link)
            let listener = try await MQTTListener(broker)
            let lines = (0..<500).map { "\($0)\n" }.joined()
            _ = try await InstalledProgram("mosquitto_pub").run(
                ["-p", "\(broker.port)", "-t", "d/say", "-l"], input: lines)
            try await listener.message("d/say", holding: "499")
            var count = 0
            while count < 500 {
                switch try await link.next() {
                case .message: count += 1
                case .messagesLost(let lost): count += lost
                case .connected, .failed: Issue.record("The connection was lost.")
                }
            }
            #expect(count == 500)
            await link.close()
        }
    }

    @Test("is made as soon as the broker is there, and again after its restart")
    func restart() async throws {
        let home = try Self.folder()
        let broker = try MosquittoBroker(in: home.folder)
        let link = BrokerLink(Self.options(broker))
        guard case .failed(.unreachable(let reason), isNews: true) = try await link.next() else {
            Issue.record("no failure")
            return
        }
        #expect(reason == "Connection refused")
        try await broker.start()
        #expect(try await Self.good(link) == .connected(wasTold: true))
        await broker.stop()
        try await Self.expect(.failed(.closed, isNews: true), from: link)
        try await broker.start()
        #expect(try await Self.good(link) == .connected(wasTold: true))
        try await broker.publish("d/say", "Still there?")
        try await Self.expect(.message(.init("d/say", Array("Still there?".utf8))), from: link)
        await link.close()
        await broker.stop()
    }

    @Test("is refused without the password, and tried again")
    func password() async throws {
        let home = try Self.folder()
        let settings = try await MosquittoBroker.settings(user: "utter", password: "sesame", in: home.folder)
        try await MosquittoBroker.run(in: home.folder, settings: settings) { broker in
            for (user, password) in [(nil, nil), ("utter", "open"), ("utter", nil)] as [(String?, String?)] {
                let link = BrokerLink(Self.options(broker, user: user, password: password))
                try await Self.expect(.failed(.unauthorized, isNews: true), from: link)
                try await Self.expect(.failed(.unauthorized, isNews: false), from: link)
                await link.close()
            }
            let link = BrokerLink(Self.options(broker, user: "utter", password: "sesame"))
            try await Self.expect(.connected(wasTold: false), from: link)
            await link.close()
        }
    }

    @Test("with TLS is made only to a broker whose certificate is trusted, and bears its name")
    func tls() async throws {
        let home = try Self.folder()
        let (settings, certificate) = try await MosquittoBroker.settingsForTLS(in: home.folder)
        try await MosquittoBroker.run(in: home.folder, settings: settings) { broker in
            let trusted = BrokerOptions.Security.certificates(file: certificate)
            for host in ["127.0.0.1", "localhost"] {
                let link = BrokerLink(Self.options(broker, host: host, security: trusted))
                try await Self.expect(.connected(wasTold: false), from: link)
                await link.close()
            }
            let missing = "\(home.folder)/nothing.pem"
            let wrong: [(BrokerOptions.Security, BrokerFailure)] = [
                (.systemCertificates, .untrusted("certificate verify failed")),
                (.certificates(file: missing), .certificatesUnreadable(file: missing)),
                (.none, .closed),
            ]
            for (security, failure) in wrong {
                let link = BrokerLink(Self.options(broker, security: security))
                try await Self.expect(.failed(failure, isNews: true), from: link)
                await link.close()
            }
        }
    }

    @Test("with TLS to a broker without it fails")
    func noTLS() async throws {
        let home = try Self.folder()
        let (_, certificate) = try await MosquittoBroker.settingsForTLS(in: home.folder)
        try await MosquittoBroker.run(in: home.folder) { broker in
            let link = BrokerLink(Self.options(broker, security: .certificates(file: certificate)))
            guard case .failed(.untrusted, isNews: true) = try await link.next() else {
                Issue.record("no failure")
                return
            }
            await link.close()
        }
    }

    @Test("is ended by another program with its name, and says so")
    func takenOver() async throws {
        let home = try Self.folder()
        try await MosquittoBroker.run(in: home.folder) { broker in
            let first = BrokerLink(Self.options(broker))
            try await Self.expect(.connected(wasTold: false), from: first)
            let second = BrokerLink(Self.options(broker))
            // Mosquitto 2.0.11 closes the connection without a word.
            let event = try await first.next()
            #expect([.failed(.takenOver, isNews: true), .failed(.closed, isNews: true)].contains(event))
            await first.close()
            await second.close()
        }
    }

    @Test("to something that never answers is given up after a while")
    func silent() async throws {
        try await FaultServer.run { _, connection in
            try await Gate().opened()
        } while: { server in
            var options = BrokerOptions(
                host: "127.0.0.1", port: try #require(UInt16(server.url.split(separator: ":").last ?? "")),
                clientID: "utter_test")
            options.answerLimit = .milliseconds(100)
            let link = BrokerLink(options)
            try await Self.expect(.failed(.silent, isNews: true), from: link)
            await link.close()
        }
    }

    @Test("to a host that nobody knows fails")
    func unknownHost() async throws {
        let link = BrokerLink(BrokerOptions(host: "nobody.invalid", port: 1_883, clientID: "utter_test"))
        try await Self.expect(.failed(.hostUnknown, isNews: true), from: link)
        await link.close()
    }

    @Test("is tried once for the doctor")
    func trial() async throws {
        let home = try Self.folder()
        let broker = try MosquittoBroker(in: home.folder)
        let absent = try await BrokerLink.trial(Self.options(broker), within: .seconds(60))
        #expect(absent == .unreachable("Connection refused"))
        try await broker.start()
        #expect(try await BrokerLink.trial(Self.options(broker), within: .seconds(60)) == nil)
        await broker.stop()
    }
}
