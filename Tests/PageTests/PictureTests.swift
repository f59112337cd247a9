// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension PageTests {
    private static let answer = """
        Sunlight looks **white**, but it holds every colour of the rainbow. 🌈 When it enters the air, tiny molecules scatter \
        short waves far more than long ones:

        | Colour | Wavelength | Scattered |
        |---|--:|---|
        | Blue | 450 nm | much |
        | Red | 700 nm | *little* |

        So blue light bounces around the whole sky and reaches your eyes from everywhere. In the evening the light crosses \
        much more air: what is left is **orange** and **red**.
        """

    private static let isWriting = unsafe getenv("UTTER_WRITE_IMAGES") != nil

    private static let model: FaultServer.Script = { request, connection in
        guard String(decoding: request.body, as: UTF8.self).contains("sky") else {
            return try await connection.send(OllamaWire.chat(tokens: []))
        }
        try await connection.send(OllamaWire.head)
        for token in answer.split(separator: " ", omittingEmptySubsequences: false) {
            try await connection.send(OllamaWire.chat("\(token) "))
            // For the pictures: a model of ordinary speed.
            if isWriting { try await Task.sleep(for: .milliseconds(60)) }
        }
        try await connection.send(OllamaWire.chatDone() + HTTPWire.lastChunk)
    }

    /// The pictures in docs/images; with `UTTER_WRITE_IMAGES` set they are taken again.
    @Test(.enabled(if: SoundWorld.mustRun || isWriting, "takes long: UTTER_CI=1 scripts/test runs it"))
    func `The page can be seen as the documentation shows it`() async throws {
        let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/docs/images"
        try await Browser.with { browser in
            try await ServedPage.withDaemon(model: Self.model, preload: Self.model) { daemon, url in
                let page = ServedPage(browser: browser, daemon: daemon, url: url)
                try await browser.open(url)
                try await page.collect()
                try await page.ask("Why is the sky blue?")
                try await browser.wait(until: "lit.includes('\(Self.isWriting ? "molecules" : "Sunlight")')")
                for (name, width, height, scale) in [("wide", 1120, 720, 1), ("narrow", 360, 740, 2)] {
                    try await browser.resize(width: width, height: height, scale: scale)
                    for theme in ["light", "dark"] {
                        try await browser.prefer(["prefers-color-scheme": theme])
                        let isSo = "innerWidth === \(width) && matchMedia('(prefers-color-scheme: \(theme))').matches"
                        // What slides has come to rest.
                        let rests = "!document.getAnimations().some((each) => each instanceof CSSTransition)"
                        try await browser.wait(until: "\(isSo) && \(rests)")
                        let picture = try await browser.picture()
                        let path = "\(folder)/page-\(name)-\(theme).png"
                        if Self.isWriting {
                            #expect(FileManager.default.createFile(atPath: path, contents: Data(picture)))
                        }
                        // The size stands at a fixed place, after the signature (PNG, 11.2.2).
                        let shown = try #require(readFile(path))
                        #expect(picture.dropFirst(16).prefix(8) == shown.dropFirst(16).prefix(8), "\(path)")
                    }
                }
            }
        }
    }
}
