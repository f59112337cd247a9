// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

/// A headless Chromium, from Debian's packages `chromium` and `chromium-driver`.
package struct Browser: Sendable {
    /// A message that the page, or the browser about it, wrote to its log.
    package struct Complaint: Decodable, Sendable {
        package var level: String
        package var message: String
        /// `network`, `security`, `javascript`, `console-api`, …
        package var source: String
    }

    package static let isInstalled = InstalledProgram("chromedriver").isInstalled
    package static let reasonToSkip = "needs chromedriver: install chromium and chromium-driver"

    private static let driver = "/usr/bin/chromedriver"

    let session: WebDriver

    /// Runs a browser while `body` runs.
    package static func with<Result>(
        language: String = "en-US", _ body: (Browser) async throws -> Result
    ) async throws -> Result {
        let (shell, number) = try await onThread("chromedriver", startDriver)
        defer { withExtendedLifetime(shell) {} }
        let driver = WebDriver(
            url: HTTPURL(.tcp(host: "127.0.0.1", port: number, isSecure: false), path: ""))
        let session = try await start(driver, Capabilities(language: language))
        do {
            // Less than the limit in `WebDriver`, so that the driver itself gives up, and then takes more requests.
            try await session.send(.post, "/timeouts", ["script": 100_000, "pageLoad": 100_000])
            let result = try await body(Browser(session: session))
            try await session.send(.delete, "")
            return result
        } catch {
            _ = try? await session.send(.delete, "")
            throw error
        }
    }

    /// Starts the browser. The driver gives it a minute, which may be too short on a busy machine.
    private static func start(_ driver: WebDriver, _ capabilities: Capabilities) async throws -> WebDriver {
        func attempt() async throws -> WebDriver {
            let started = try await driver.send(.post, "/session", capabilities, as: Started.self)
            return WebDriver(url: HTTPURL(driver.url.server, path: "/session/\(started.sessionId)"))
        }
        for _ in 1..<5 {
            do {
                return try await attempt()
            } catch let refused as WebDriver.Refused where refused.description.contains("session not created") {
                continue
            }
        }
        return try await attempt()
    }

    /// Starts the driver; blocks until it listens.
    ///
    /// - Returns: the shell whose end is the driver's end, and the driver's port.
    private static func startDriver() throws -> (ChildProcess, Int) {
        // The shell kills the driver when our end of the pipe is closed, with a signal that tests can't have blocked.
        // It closes its own standard output, so that ours ends with the driver.
        let command = "stdbuf -oL \(driver) --port=0 & driver=$!; exec >/dev/null; read -r _; kill -KILL $driver"
        // The driver wants the port that IPv4 gave it for IPv6 too, and exits if another program has that.
        for _ in 1..<5 {
            let shell = try ChildProcess(["/bin/sh", "-c", command])
            if let port = try? port(of: shell) { return (shell, port) }
        }
        let shell = try ChildProcess(["/bin/sh", "-c", command])
        return (shell, try port(of: shell))
    }

    /// Returns the port that the driver says it listens on; blocks until then.
    private static func port(of shell: ChildProcess) throws -> Int {
        var said = ""
        while let byte = shell.readByte() {
            said.unicodeScalars.append(Unicode.Scalar(byte))
            guard said.hasSuffix(".\n"), said.contains("successfully") else { continue }
            if let port = said.split(separator: "on port ").last.flatMap({ Int($0.dropLast(2)) }) { return port }
        }
        throw WebDriver.Refused(description: "chromedriver did not start: \(said)")
    }

    private struct Started: Decodable {
        var sessionId: String
    }

    private struct Capabilities: Encodable, Sendable {
        private struct Options: Encodable {
            var args: [String]
            var prefs: [String: String]
        }

        private enum Key: String, CodingKey {
            case capabilities, alwaysMatch
            case options = "goog:chromeOptions"
            case logging = "goog:loggingPrefs"
        }

        var language: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var capabilities = container.nestedContainer(keyedBy: Key.self, forKey: .capabilities)
            var wanted = capabilities.nestedContainer(keyedBy: Key.self, forKey: .alwaysMatch)
            // Without a sandbox (the tests may run as root), and without a graphics card.
            let arguments = [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900",
            ]
            let options = Options(args: arguments, prefs: ["intl.accept_languages": language])
            try wanted.encode(options, forKey: .options)
            try wanted.encode(["browser": "ALL"], forKey: .logging)
        }
    }

    // MARK: - What people do

    package func open(_ url: String) async throws {
        try await session.send(.post, "/url", ["url": url])
    }

    /// Types into the element that matches a CSS selector.
    package func type(_ text: String, into selector: String) async throws {
        try await session.send(.post, "/element/\(try await element(selector))/value", ["text": text])
    }

    package func click(_ selector: String) async throws {
        try await session.send(.post, "/element/\(try await element(selector))/click")
    }

    /// The keys that have no character, in WebDriver's encoding.
    package static let (enter, escape, tab) = ("\u{E007}", "\u{E00C}", "\u{E004}")

    func element(_ selector: String) async throws -> String {
        let found = try await session.send(
            .post, "/element", ["using": "css selector", "value": selector], as: [String: String].self)
        return found.values.first ?? ""
    }

    // MARK: - What they see

    private struct Script: Encodable {
        var script: String
        var args: [String] = []
    }

    /// The value of a JavaScript expression.
    package func value<Value: Decodable>(of expression: String, as type: Value.Type = Value.self) async throws -> Value
    {
        try await session.send(.post, "/execute/sync", Script(script: "return \(expression)"), as: type)
    }

    /// Runs a script in the page; waits for its result if that is a promise.
    package func run(_ script: String) async throws {
        try await session.send(.post, "/execute/sync", Script(script: script))
    }

    /// The text of the element that matches a CSS selector; empty if there isn't one.
    package func text(of selector: String) async throws -> String {
        try await value(of: "document.querySelector(`\(selector)`)?.textContent ?? ''")
    }

    /// Waits until a JavaScript expression is true, also across reloads of the page; fails after two minutes.
    ///
    /// A script in the page evaluates it every 10 ms for five seconds, and is then sent again: until it ends, the driver
    /// does nothing else. What is true only between two of these scripts is missed; let the page record that instead.
    package func wait(until expression: String) async throws {
        let script = """
            return (async () => {
                const end = performance.now() + 5000;
                for (;;) {
                    if (\(expression)) return true;
                    if (performance.now() > end) return false;
                    await new Promise((look) => setTimeout(look, 10));
                }
            })();
            """
        let clock = MonotonicClock()
        let end = clock.now.advanced(by: .seconds(120))
        var cause = ""
        repeat {
            do {
                if try await session.send(.post, "/execute/sync", Script(script: script), as: Bool.self) { return }
                cause = "still false"
            } catch let refused as WebDriver.Refused {
                // Perhaps the page is being replaced, or what the expression needs isn't there yet.
                cause = refused.description
                try await clock.sleep(until: clock.now.advanced(by: .milliseconds(100)), tolerance: nil)
            }
        } while clock.now < end
        throw WebDriver.Refused(description: "\(expression): \(cause.prefix(200))")
    }

    /// The log messages since the last call.
    package func complaints() async throws -> [Complaint] {
        try await session.send(.post, "/se/log", ["type": "browser"], as: [Complaint].self)
            .filter { ["SEVERE", "WARNING"].contains($0.level) }
    }
}
