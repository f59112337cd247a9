// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestSupport
import Testing

/// What axe-core (https://github.com/dequelabs/axe-core) finds: rules about names, roles, contrast and structure.
extension PageTests {
    /// `axe.min.js`, as `Tests/requirements-axe.txt` brings it.
    private static let axe: String? = {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let python = "\(root)/.build/python/lib"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: python)) ?? []
        return versions.lazy
            .compactMap { readFile("\(python)/\($0)/site-packages/axe_playwright_python/axe.min.js") }
            .first.map { String(decoding: $0, as: UTF8.self) }
    }()

    /// Runs it in every size and theme.
    private static func violations(in browser: Browser) async throws -> [String] {
        var found: [String] = []
        for theme in ["light", "dark"] {
            try await browser.prefer(["prefers-color-scheme": theme])
            for (width, height) in [(1280, 800), (390, 844), (844, 390)] {
                try await browser.resize(width: width, height: height)
                // What slides or fades has come to rest.
                let rests = "!document.getAnimations().some((each) => each instanceof CSSTransition)"
                try await browser.wait(until: "innerWidth === \(width) && \(rests)")
                let violations: [String] = try await browser.value(
                    of: """
                        axe.run().then(({ passes, violations }) => [
                            ...(passes.length < 10 ? ['hardly a rule was tried'] : []),
                            ...violations.flatMap(({ id, nodes }) => nodes.map(
                                ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`))])
                        """)
                found += violations.map { "\(theme), \(width) × \(height): \($0)" }
            }
        }
        return found
    }

    @Test(
        .enabled(if: SoundWorld.mustRun || axe != nil, "needs axe-core: UTTER_CI=1 scripts/test fetches it from PyPI"),
        arguments: ["en-US", "zh-CN"])
    func `axe-core finds nothing wrong, in either theme, on any screen`(language: String) async throws {
        let axe = try #require(Self.axe)
        let answer = """
            ## A title

            **Strong** `code` and [a link](https://example.org/).

            | one | two |
            |---|---|
            | 1 | 2 |

            1. First
               - Second

            ```python
            print("hi")
            ```

            """ + String(repeating: "This takes some time to say. ", count: 100)
        try await ServedPage.with(
            model: { try await $1.send(OllamaWire.chat(tokens: [answer])) }, language: language
        ) { page in
            let browser = page.browser
            try await browser.run(axe)
            try await browser.wait(until: "document.querySelectorAll('#voice option').length > 50")
            #expect(try await Self.violations(in: browser) == [], "empty")
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            #expect(try await Self.violations(in: browser) == [], "speaking")
            try await browser.click("#stop")
            try await page.waitFor(phase: "stopped")
            #expect(try await Self.violations(in: browser) == [], "stopped")
            try await browser.resize(width: 390, height: 844)
            try await browser.click("#open-side")
            try await browser.wait(until: "document.activeElement.id === 'close-side'")
            #expect(try await Self.violations(in: browser) == [], "side open")
            try await browser.press(Browser.escape)
            page.daemon.send(.kill)
            try await browser.wait(until: "!document.getElementById('connection').hidden")
            try await browser.type("Question two" + Browser.enter, into: "#prompt")
            try await page.waitFor(phase: "failed")
            #expect(try await Self.violations(in: browser) == [], "failed")
        }
    }

    @Test(
        .enabled(if: SoundWorld.mustRun || axe != nil, "needs axe-core: UTTER_CI=1 scripts/test fetches it from PyPI"))
    func `axe-core finds nothing wrong where the token is asked for`() async throws {
        let axe = try #require(Self.axe)
        try await ServedPage.with(token: "secret-secret-secret") { page in
            try await page.browser.run(axe)
            try await page.browser.wait(until: "document.getElementById('login').open")
            #expect(try await Self.violations(in: page.browser) == [])
        }
    }
}
