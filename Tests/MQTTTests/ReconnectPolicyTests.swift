// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Utterance

@testable import MQTT

@Suite("When a broker is tried again")
struct ReconnectPolicyTests {
    private let refused = BrokerFailure.unreachable("Connection refused")

    @Test("The waits double, up to a minute, and never end")
    func waits() {
        var policy = ReconnectPolicy()
        let waits = (0..<10).map { _ in policy.failed(refused, after: nil).wait }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map { .seconds($0) })
    }

    @Test("A password that is refused, TLS that fails and silence are tried again in the same way")
    func everyFailure() {
        let failures: [BrokerFailure] = [
            .unauthorized, .untrusted("certificate verify failed"), .certificatesUnreadable(file: "ca.pem"), .silent,
            .hostUnknown, .refused(code: 3), .takenOver, .other("Out of memory."),
        ]
        for failure in failures {
            var policy = ReconnectPolicy()
            #expect(
                (0..<3).map { _ in policy.failed(failure, after: nil).wait } == [.seconds(1), .seconds(2), .seconds(4)])
        }
    }

    @Test("They begin anew after a connection that held for a minute, not after one that was closed at once")
    func steady() {
        var policy = ReconnectPolicy()
        for _ in 0..<4 { _ = policy.failed(refused, after: nil) }
        #expect(policy.failed(.closed, after: .seconds(2)).wait == .seconds(16))
        #expect(policy.failed(.takenOver, after: .seconds(1)).wait == .seconds(32))
        #expect(policy.failed(.closed, after: .seconds(60)).wait == .seconds(1))
        #expect(policy.failed(refused, after: nil).wait == .seconds(2))
    }

    @Test("The same failure is told once, another one again, and the return only after a failure")
    func told() {
        var policy = ReconnectPolicy()
        let first = policy.connected()
        #expect(!first)
        #expect(policy.failed(refused, after: nil).isNews)
        #expect(!policy.failed(.unreachable("No route to host"), after: nil).isNews)
        #expect(policy.failed(.unauthorized, after: nil).isNews)
        #expect(!policy.failed(.unauthorized, after: nil).isNews)
        let again = policy.connected()
        #expect(again)
        #expect(policy.failed(.unauthorized, after: nil).isNews)
    }

    @Test(
        "MQTT 3.1.1 is tried at once where 5 is refused or ends without a word, and 5 again after that",
        arguments: [
            BrokerFailure.versionRefused, .closed,
        ])
    func version(failure: BrokerFailure) {
        var policy = ReconnectPolicy()
        #expect(policy.version == .five)
        #expect(policy.failed(failure, after: nil) == .init(wait: .zero, isNews: false))
        #expect(policy.version == .threeOne)
        // It is a broker that knows no other version.
        let wasTold = policy.connected()
        #expect(!wasTold)
        #expect(policy.failed(.closed, after: .seconds(90)) == .init(wait: .seconds(1), isNews: true))
        #expect(policy.version == .threeOne)
        // It is not there at all.
        _ = policy.failed(failure, after: nil)
        #expect(policy.version == .five)
    }
}

@Suite("What is told of a broker")
struct BrokerFailureTests {
    private let options = BrokerOptions(host: "fd00::1", port: 1_883, clientID: "utter_1", longestMessage: 1)

    @Test(
        "names the cause and the cure",
        arguments: [
            (
                .unreachable("Connection refused"), "mqtt_unreachable",
                "[fd00::1]:1883 can't be reached (Connection refused)"
            ),
            (.hostUnknown, "mqtt_unreachable", "name is unknown"), (.silent, "mqtt_unreachable", "does not answer"),
            (.unauthorized, "mqtt_refused", "UTTER_MQTT_PASSWORD"), (.versionRefused, "mqtt_refused", "3.1.1"),
            (.refused(code: 136), "mqtt_refused", "code 136"),
            (.untrusted("certificate verify failed"), "mqtt_untrusted", "mqtt.ca_file"),
            (.certificatesUnreadable(file: "a\u{1B}.pem"), "mqtt_untrusted", "a .pem can't be read"),
            (.closed, "mqtt_lost", "closed the connection"), (.takenOver, "mqtt_taken_over", "mqtt.device_id"),
            (.other("Out of memory."), "mqtt_lost", "(Out of memory.)"),
        ] as [(BrokerFailure, String, String)])
    func notice(failure: BrokerFailure, code: String, words: String) {
        let notice = failure.notice(of: options)
        #expect(notice.code == code && failure.code == code)
        #expect(notice.message.contains(words), "\(notice.message)")
        #expect(notice.message.hasSuffix("."))
    }

    @Test(
        "The codes of MQTT 3.1.1 and 5 for a wrong password or version are known",
        arguments: [
            (4, .unauthorized), (5, .unauthorized), (134, .unauthorized), (135, .unauthorized),
            (1, .versionRefused), (132, .versionRefused), (3, .refused(code: 3)), (137, .refused(code: 137)),
        ] as [(CInt, BrokerFailure)])
    func refusals(code: CInt, failure: BrokerFailure) {
        #expect(BrokerFailure(refusal: code) == failure)
    }
}
