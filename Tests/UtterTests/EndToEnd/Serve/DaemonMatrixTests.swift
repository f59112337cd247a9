// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// What can happen to the built daemon, its client and its broker × what is going on: what is heard, what is reported,
    /// and that the next question is answered.
    @Suite(
        "In the middle of an answer",
        .enabled("needs a C compiler, for the driver") { try await FaultyDevice.isAvailable })
    struct DaemonMatrix {
        enum Happening: String, CaseIterable, Sendable {
            case killed = "the daemon is killed"
            case terminated = "the daemon is terminated"
            case suspended = "the daemon is stopped and continued"
            case abandoned = "the client is killed"
            case withoutBroker = "the broker is killed"
        }

        struct Row: Sendable, CustomTestStringConvertible {
            let happening: Happening
            let situation: Situation

            var testDescription: String { "\(happening.rawValue), \(situation.rawValue)" }
        }

        private static func rows(_ happening: Happening) -> [Row] {
            Situation.allCases.map { Row(happening: happening, situation: $0) }
        }
        /// Without an answer, there is no client.
        private static func rowsWithAnswer(_ happening: Happening) -> [Row] {
            rows(happening).filter { $0.situation != .idle }
        }

        // MARK: The daemon

        @Test("A daemon that is killed says the rest of the answer in its next run", arguments: rows(.killed))
        func killed(_ row: Row) async throws {
            try await DaemonScene.run(row.situation) { scene in
                _ = try await scene.utter.run(DaemonScene.serve, environment: scene.environment) { daemon in
                    try await daemon.errors(holding: DaemonScene.ready)
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        try await scene.waitUntilJournaled()
                        daemon.send(.kill)
                        return try await daemon.end()
                    }
                    let end = try await scene.ask { _ in
                        try await scene.waitUntilJournaled()
                        daemon.send(.kill)
                    }
                    #expect(end.exitCode == 69, "\(end.errors)")
                    #expect(end.events.last?.code == "daemon_unreachable")
                    try await daemon.end()
                }
                scene.letComplete()
                let second = try await scene.utter.serve(environment: scene.environment) { _ in
                    if row.situation != .idle {
                        scene.expectResumed(try await scene.events())
                    }
                    try await scene.expectNextAnswer()
                }
                #expect(second.exitCode == 0)
                #expect(second.count(ofCode: "answer_resumed") == (row.situation == .idle ? 0 : 1), "\(second.errors)")
                #expect(scene.questions == (row.situation == .idle ? 0 : row.situation == .thinking ? 2 : 1))
            }
        }

        @Test("A daemon that is terminated stops the answer, and doesn't resume it", arguments: rows(.terminated))
        func terminated(_ row: Row) async throws {
            try await DaemonScene.run(row.situation) { scene in
                let first = try await scene.utter.run(DaemonScene.serve, environment: scene.environment) { daemon in
                    try await daemon.errors(holding: DaemonScene.ready)
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        daemon.send(.terminate)
                        return try await daemon.end()
                    }
                    let end = try await scene.ask { _ in daemon.send(.terminate) }
                    // The client is told why, and how far it was heard.
                    #expect(end.exitCode == 0)
                    #expect(end.errors.contains("the daemon is stopping."), "\(end.errors)")
                    #expect(end.events.last?.event == "stopped")
                    #expect((end.events.last?.heardEnd ?? .max) < 19)
                    try await daemon.end()
                }
                #expect(first.exitCode == 0)
                scene.letComplete()
                let second = try await scene.utter.serve(environment: scene.environment) { _ in
                    try await scene.expectNextAnswer()
                }
                #expect(second.exitCode == 0)
                #expect(second.count(ofCode: "answer_resumed") == 0)
                #expect(scene.questions == (row.situation == .idle ? 0 : 1))
            }
        }

        @Test("A daemon that is stopped and continued repeats and loses nothing", arguments: rows(.suspended))
        func suspended(_ row: Row) async throws {
            try await DaemonScene.run(row.situation) { scene in
                let served = try await scene.utter.serve(environment: scene.environment) { daemon in
                    guard row.situation != .idle else {
                        try await scene.expectNextAnswer()
                        try await daemon.suspend()
                        daemon.send(.resume)
                        return try await scene.expectNextAnswer()
                    }
                    let end = try await scene.ask { client in
                        try await daemon.suspend()
                        // The rest comes meanwhile.
                        scene.letComplete()
                        try await scene.answer.isSent.opened()
                        daemon.send(.resume)
                        try await scene.goOn()
                        try await client.end()
                    }
                    scene.expectWhole(end)
                    try await scene.expectNextAnswer()
                }
                #expect(served.exitCode == 0)
            }
        }

        // MARK: Others

        @Test("A client that is killed ends its answer, and nothing else", arguments: rowsWithAnswer(.abandoned))
        func abandoned(_ row: Row) async throws {
            try await DaemonScene.run(row.situation) { scene in
                let served = try await scene.utter.serve(environment: scene.environment) { _ in
                    let end = try await scene.ask { client in client.send(.kill) }
                    #expect(end.exitCode == 137)
                    #expect(try await scene.events().last?.event == "stopped")
                    if row.situation != .draining { _ = try await scene.server.disconnect(on: "/api/chat") }
                    scene.letComplete()
                    // Not paused, either.
                    try await scene.expectNextAnswer()
                }
                #expect(served.exitCode == 0)
            }
        }

        @Test(
            "A broker that is killed doesn't disturb the answer, and is reported once",
            .enabled(if: MosquittoBroker.isInstalled, "\(MosquittoBroker.reasonToSkip)"),
            arguments: rows(.withoutBroker))
        func withoutBroker(_ row: Row) async throws {
            let home = try UtterProgram()
            try await MosquittoBroker.run(in: home.folder) { broker in
                try await DaemonScene.run(row.situation, broker: broker) { scene in
                    let served = try await scene.utter.serve(environment: scene.environment) { daemon in
                        try await daemon.errors(holding: "Connected to the MQTT broker.")
                        func fail() async throws {
                            await broker.kill()
                            try await daemon.errors(holding: "code=mqtt_lost")
                        }
                        if row.situation == .idle {
                            try await scene.expectNextAnswer()
                            try await fail()
                        } else {
                            let end = try await scene.ask { client in
                                try await fail()
                                scene.letComplete()
                                try await scene.goOn()
                                try await client.end()
                            }
                            scene.expectWhole(end)
                        }
                        try await scene.expectNextAnswer()
                    }
                    #expect(served.exitCode == 0)
                    #expect(served.count(ofCode: "mqtt_lost") == 1, "\(served.errors)")
                }
            }
        }
    }
}

extension UtterProgram.Result {
    /// How many lines of the log have this code.
    fileprivate func count(ofCode code: String) -> Int {
        errorLines.count { $0.contains("code=\(code)") }
    }
}
