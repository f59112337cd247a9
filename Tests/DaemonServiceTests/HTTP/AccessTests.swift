// SPDX-License-Identifier: GPL-3.0-or-later
import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing
import Utterance

@testable import DaemonService

@Suite("Access", .timeLimit(.minutes(10)))
struct AccessTests {
    // MARK: - Host: a web page's own name that points at this machine (DNS rebinding)

    @Test(
        "Hosts are this machine's addresses, localhost, and names that the settings know",
        arguments: [
            "localhost", "localhost:8473", "LOCALHOST:8473", "localhost.", "127.0.0.1:8473", "[::1]", "[::1]:8473",
            "192.168.1.7:8473", "[fe80::1%25eth0]:8473", "board.lan", "Board.LAN:8473", "127.0.0.1:",
        ])
    func host(_ authority: String) {
        #expect(AccessRules(hosts: ["Board.lan"]).allowsHost(authority))
    }

    @Test(
        "Other hosts are refused",
        arguments: [
            "", ":8473", "evil.example", "evil.example:8473", "127.0.0.1.evil.example", "localhost.evil.example",
            "evil.example.localhost", "127.0.0.1@evil.example", "127.0.0.1:80@evil.example", "[::1]evil.example",
            "[::1].evil.example:80", "[::1", "::1", "[127.0.0.1]", "[evil.example]", "localhost..", "localhost:80:80",
            "2130706433", "0x7f.1", "127.1", "board.lan.evil.example", "localhost\u{301}", "ｌocalhost",
        ])
    func foreignHost(_ authority: String) {
        #expect(!AccessRules(hosts: ["board.lan"]).allowsHost(authority))
    }

    @Test("A request for a host that is not ours is refused, whatever it wants; the unix socket does not ask")
    func hostOverHTTP() async throws {
        try await ServedStage.with { served in
            let requests = ["GET /healthz", "OPTIONS /v1/say", "GET /nothing", "POST /v1/stop"]
            for request in requests {
                let text = "\(request) HTTP/1.1\r\nHost: evil.example:8473\r\nContent-Length: 0\r\n\r\n"
                let reply = try await served.reply(to: text)
                #expect(reply.status == 421)
                #expect(reply.errorCode == "host_refused")
                #expect(try await served.reply(to: text, over: served.unix).errorCode != "host_refused")
            }
        }
    }

    // MARK: - Origin: web pages elsewhere

    private static let foreignPages: [[String]] = [
        ["Origin: https://evil.example"], ["Origin: null"], ["Origin: "], ["Origin: http://localhost"],
        ["Origin: http://localhost:8473.evil.example"], ["Origin: file://"], ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: same-site"], ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
    ]

    @Test("A page of another site can neither make the device speak nor listen to it", arguments: foreignPages)
    func foreignPage(headers: [String]) async throws {
        try await ServedStage.with { served in
            let speaking = [
                ("POST", "/v1/say", "One.", "text/plain"),
                ("POST", "/v1/ask", #"{"prompt":"One."}"#, "application/json"),
                ("POST", "/v1/stop", "", "text/plain"), ("PUT", "/v1/status", "{}", "application/json"),
                ("DELETE", "/v1/sessions/default", "", "text/plain"), ("GET", "/v1/events", "", "text/plain"),
                ("GET", "/v1/status", "", "text/plain"),
            ]
            for (method, path, body, type) in speaking {
                let reply = try await served.reply(
                    to: ServedStage.request(method, path, body, type: type, headers: headers)
                        .replacing("Host: localhost", with: "Host: localhost:8473"))
                #expect(reply.status == 403, "\(method) \(path)")
                #expect(reply.errorCode == "origin_refused")
                #expect(reply.headers["access-control-allow-origin"] == nil)
            }
            let preflight = try await served.reply(
                to: ServedStage.request(
                    "OPTIONS", "/v1/ask", headers: headers + ["Access-Control-Request-Method: POST"]
                ).replacing("Host: localhost", with: "Host: localhost:8473"))
            #expect(preflight.status == 403)
            #expect(preflight.headers["access-control-allow-origin"] == nil)
            #expect(served.stage.hub.position.number == 0)
        }
    }

    @Test(
        "The daemon's own page, and a link to here on another one, are let in",
        arguments: [
            ["Origin: http://LOCALHOST"], ["Sec-Fetch-Site: same-origin"], ["Sec-Fetch-Site: none"],
            ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
        ])
    func ownPage(headers: [String]) async throws {
        try await ServedStage.with { served in
            let reply = try await served.send("GET", "/v1/status", headers: headers)
            #expect(reply.status == 200)
        }
    }

    @Test("A page that the settings allow may ask, and read the answer, errors too")
    func allowedPage() async throws {
        try await ServedStage.with(rules: AccessRules(origins: ["https://Home.example"])) { served in
            let origin = "Origin: https://home.example"
            let asking = ["Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type"]
            let preflight = try await served.reply(
                to: ServedStage.request("OPTIONS", "/v1/ask", headers: [origin] + asking))
            #expect(preflight.status == 204)
            #expect(preflight.headers["access-control-allow-origin"] == "https://home.example")
            for name in ["Content-Type", "Authorization", "Last-Event-ID", "X-Utter-Speak"] {
                #expect(preflight.headers["access-control-allow-headers"]?.contains(name) == true)
            }
            #expect(preflight.headers["access-control-expose-headers"] == "X-Utter-Answer")
            for (body, status) in [(#"{"prompt":"One."}"#, 200), ("{}", 400)] {
                let reply = try await served.send("POST", "/v1/ask", body, headers: [origin])
                #expect(reply.status == status)
                #expect(reply.headers["access-control-allow-origin"] == "https://home.example")
                #expect(reply.headers["vary"] == "Origin")
            }
        }
    }

    // MARK: - Token and networks

    @Test("With a token, everybody shows it who comes over the network, but for the health")
    func token() async throws {
        try await ServedStage.with(rules: AccessRules(token: " s3cret\n")) { served in
            #expect(try await served.send("GET", "/healthz").status == 200)
            #expect(try await served.send("GET", "/v1/status", over: served.unix).status == 200)
            let wrong = [
                [], ["Authorization: s3cret"], ["Authorization: Bearer"], ["Authorization: Bearer s3cre"],
                ["Authorization: Bearer s3crets"], ["Authorization: Bearer s3crett"], ["Authorization: Basic s3cret"],
                ["Authorization: Bearer s3cret", "Authorization: Bearer x"],
            ]
            for headers in wrong {
                for path in ["/v1/status", "/readyz", "/metrics", "/nothing", "/healthz/", "//healthz"] {
                    let reply = try await served.send("GET", path, headers: headers)
                    #expect(reply.status == 401, "\(path) \(headers)")
                    #expect(reply.errorCode == "unauthorized")
                    #expect(reply.headers["www-authenticate"] == "Bearer")
                }
            }
            let right = try await served.send("GET", "/v1/status", headers: ["Authorization: bearer s3cret"])
            #expect(right.status == 200)
        }
    }

    @Test("A token is told from all that are none")
    func comparing() {
        let rules = AccessRules(token: "s3cret")
        #expect(rules.isToken("s3cret"))
        for other in ["", "s", "s3cre", "s3cretx", "s3crets3cret", "S3cret", "s3cre\u{301}t"] {
            #expect(!rules.isToken(other))
        }
        for blank in ["", " \n"] {
            #expect(AccessRules(token: blank).token == nil)
            #expect(!AccessRules(token: blank).isToken(""))
        }
        // A token of one letter is not the same letter many times.
        #expect(!AccessRules(token: "a").isToken("aa"))
        #expect(!AccessRules(token: "aa").isToken("a"))
    }

    @Test("Networks that the settings name need no token, others do")
    func networks() throws {
        let rules = AccessRules(
            token: "x", networks: ["192.168.1.0/24", "fd00::/8", "10.1.2.3"].compactMap { IPNetwork($0) })
        for (address, isAllowed) in [
            ("192.168.1.7", true), ("::ffff:192.168.1.7", true), ("192.168.2.7", false), ("fd12::1", true),
            ("fe80::1", false), ("10.1.2.3", true), ("10.1.2.4", false), ("127.0.0.1", false), ("::1", false),
        ] {
            #expect(rules.allows(try SocketAddress(ipAddress: address, port: 1)) == isAllowed, "\(address)")
        }
        for text in ["", "/8", "192.168.1.0/33", "192.168.1.0/-1", "192.168.1.0/", "192.168.1/24", "fd00::/129", "lan"]
        {
            #expect(IPNetwork(text) == nil, "\(text)")
        }
        #expect(IPNetwork("0.0.0.0/0")?.contains(try SocketAddress(ipAddress: "8.8.8.8", port: 1)) == true)
        // All of IPv4 is not all of IPv6.
        #expect(IPNetwork("0.0.0.0/0")?.contains(try SocketAddress(ipAddress: "2001:db8::1", port: 1)) == false)
    }

    @Test(
        "An address that others reach is not listened at without a token or networks",
        arguments: [
            ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("0.0.0.0", false), ("::", false),
            ("192.168.1.7", false), ("::ffff:192.168.1.7", false), ("fe80::1", false),
        ])
    func listening(address: String, isAllowed: Bool) throws {
        let address = try SocketAddress(ipAddress: address, port: 8473)
        for rules in [AccessRules(), AccessRules(token: "")] {
            let isChecked = (try? rules.check(listeningAt: address)) != nil
            #expect(isChecked == isAllowed)
        }
        try AccessRules(token: "x").check(listeningAt: address)
        let network = try #require(IPNetwork("10.0.0.0/8"))
        try AccessRules(networks: [network]).check(listeningAt: address)
    }

    @Test("Without a token in the protocol, networks and this machine are allowed, whether there is a token or not")
    func withoutToken() throws {
        let network = try #require(IPNetwork("192.168.1.0/24"))
        for rules in [AccessRules(), AccessRules(token: "x"), AccessRules(token: "x", networks: [network])] {
            for (address, isAllowed) in [
                ("127.0.0.1", true), ("::1", true), ("192.168.2.7", false),
                ("192.168.1.7", rules.networks == [network]),
            ] {
                let address = try SocketAddress(ipAddress: address, port: 1)
                #expect(rules.withoutToken.allows(address) == isAllowed)
                let isChecked = (try? rules.check(withoutTokenListeningAt: address, protocol: "X")) != nil
                #expect(isChecked == (address.isLoopback || !rules.networks.isEmpty))
            }
        }
    }

    @Test("A client that has hung up, and so has no address any more, does not pass for one of the unix socket")
    func hungUp() {
        let channel = EmbeddedChannel()
        #expect(channel.remoteAddress == nil)
        func peer(isLocal: Bool) -> ServiceContext.Peer {
            ServiceContext(source: .init(channel: channel, isLocal: isLocal, logger: Logger(label: "test"))).peer
        }
        #expect(peer(isLocal: false) == .gone)
        #expect(peer(isLocal: true) == .local)
    }

    @Test("A request that waits behind another while its client hangs up is not let in")
    func hungUpOverHTTP() async throws {
        try await ServedStage.with(rules: AccessRules(token: "s3cret")) { served in
            for _ in 0..<20 {
                try await RawClient.with(served.tcp) { client in
                    let say = ServedStage.request("POST", "/v1/say", #"{"text":"One.","detach":true}"#)
                    let health = ServedStage.request("GET", "/healthz")
                    try await client.send(String(repeating: health, count: 8) + say)
                    try await client.hangUp()
                }
            }
            while try await served.send("GET", "/healthz").status != 200 {}
            #expect(served.stage.hub.position.number == 0)
        }
    }

    // MARK: - Rate

    @Test("An address may send so many requests a second, ten times as many at once; others don't suffer")
    func rate() {
        let clock = ManualClock()
        let rates = RateLimiter(perSecond: 2, clock: clock)
        for _ in 0..<20 { #expect(rates.take("a") == nil) }
        #expect(rates.take("a") == 0.5)
        #expect(rates.take("b") == nil)
        clock.advance(by: .milliseconds(500))
        #expect(rates.take("a") == nil)
        #expect(rates.take("a") != nil)
        for address in 0..<5000 { _ = rates.take("\(address)") }
        clock.advance(by: .seconds(3600))
        for _ in 0..<20 { #expect(rates.take("a") == nil) }
        #expect(rates.take("a") != nil)
    }
}
