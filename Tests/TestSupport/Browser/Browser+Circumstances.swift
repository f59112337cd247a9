// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTP

/// In what circumstances a page is looked at, and by whom.
extension Browser {
    /// Sets the size of what is seen, in CSS pixels, and how many real ones each of them is wide.
    package func resize(width: Int, height: Int, scale: Int = 1) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride", Metrics(width: width, height: height, deviceScaleFactor: scale))
    }

    private struct Metrics: Encodable {
        var width: Int
        var height: Int
        var deviceScaleFactor: Int
        var mobile = false
    }

    /// Sets what media queries ask for, such as `prefers-color-scheme`.
    package func prefer(_ features: [String: String]) async throws {
        try await send("Emulation.setEmulatedMedia", ["features": features.map { ["name": $0, "value": $1] }])
    }

    /// From now on requests for these addresses, in which `*` stands for anything, fail as if there were no network.
    package func block(_ addresses: [String]) async throws {
        try await send("Network.enable", [String: String]())
        try await send("Network.setBlockedURLs", ["urls": addresses])
    }

    /// Has a script run in each page before its own ones.
    package func prepare(_ script: String) async throws {
        try await send("Page.addScriptToEvaluateOnNewDocument", ["source": script])
    }

    /// A command of Chromium's own protocol (https://chromedevtools.github.io/devtools-protocol/).
    private func send(_ command: String, _ parameters: some Encodable & Sendable) async throws {
        try await session.send(.post, "/goog/cdp/execute", Command(cmd: command, params: parameters))
    }

    private struct Command<Parameters: Encodable>: Encodable {
        var cmd: String
        var params: Parameters
    }

    /// What is seen, as a PNG.
    package func picture() async throws -> [UInt8] {
        let encoded = try await session.send(.get, "/screenshot", as: String.self)
        return Array(Data(base64Encoded: encoded) ?? Data())
    }

    // MARK: - Tabs

    /// Opens a tab, and goes there.
    ///
    /// - Returns: the tab that was left.
    package func openTab(_ url: String) async throws -> String {
        let before = try await session.send(.get, "/window", as: String.self)
        let tab = try await session.send(.post, "/window/new", ["type": "tab"], as: Tab.self)
        try await go(to: tab.handle)
        try await open(url)
        return before
    }

    package func go(to tab: String) async throws {
        try await session.send(.post, "/window", ["handle": tab])
    }

    private struct Tab: Decodable {
        var handle: String
    }

    // MARK: - Without a mouse, and without eyes

    /// Presses a key, wherever the keyboard is.
    package func press(_ key: String) async throws {
        let actions = ["keyDown", "keyUp"].map { ["type": $0, "value": key] }
        try await session.send(
            .post, "/actions", Actions(actions: [Actions.Source(type: "key", id: "keyboard", actions: actions)]))
    }

    private struct Actions: Encodable {
        struct Source: Encodable {
            var type: String
            var id: String
            var actions: [[String: String]]
        }

        var actions: [Source]
    }

    /// What a screen reader calls an element.
    package func accessibleName(of selector: String) async throws -> String {
        try await session.send(.get, "/element/\(try await element(selector))/computedlabel", as: String.self)
    }

    /// What a screen reader takes it for.
    package func role(of selector: String) async throws -> String {
        try await session.send(.get, "/element/\(try await element(selector))/computedrole", as: String.self)
    }
}
