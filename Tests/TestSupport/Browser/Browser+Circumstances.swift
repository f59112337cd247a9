// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import HTTP

/// The conditions under which a page is viewed, and by whom.
extension Browser {
    /// Sets the size of the viewport, in CSS pixels, and the number of real pixels per CSS pixel.
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

    /// Sets the media features, such as `prefers-color-scheme`.
    package func prefer(_ features: [String: String]) async throws {
        try await send("Emulation.setEmulatedMedia", ["features": features.map { ["name": $0, "value": $1] }])
    }

    /// From now on, requests to these URLs, in which `*` is a wildcard, fail as if there were no network.
    package func block(_ addresses: [String]) async throws {
        try await send("Network.enable", [String: String]())
        try await send("Network.setBlockedURLs", ["urls": addresses])
    }

    /// Makes a script run in each page before the page's own scripts.
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

    /// A screenshot, as a PNG.
    package func picture() async throws -> [UInt8] {
        let encoded = try await session.send(.get, "/screenshot", as: String.self)
        return Array(Data(base64Encoded: encoded) ?? Data())
    }

    // MARK: - Tabs

    /// Opens a tab at a URL.
    ///
    /// - Returns: the previous tab.
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

    // MARK: - Without a mouse, or without sight

    /// Presses a key, wherever the focus is.
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

    /// An element's name for a screen reader.
    package func accessibleName(of selector: String) async throws -> String {
        try await session.send(.get, "/element/\(try await element(selector))/computedlabel", as: String.self)
    }

    /// An element's role for a screen reader.
    package func role(of selector: String) async throws -> String {
        try await session.send(.get, "/element/\(try await element(selector))/computedrole", as: String.self)
    }
}
