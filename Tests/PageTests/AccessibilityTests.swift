// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// The page for those who use a keyboard or a screen reader.
extension PageTests {
    /// Gives what can be operated a number, in the order of the document.
    private static let countControls = """
        [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
            .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)
            .map((each, index) => each.dataset.number = index).length
        """

    @Test(arguments: ["en-US", "zh-CN"])
    func `A screen reader hears of each control what it is and what it does, in the page's language`(
        language: String
    ) async throws {
        try await ServedPage.with(model: Self.long, language: language) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            let browser = page.browser
            try await browser.run("document.getElementById('rate-reset').hidden = false")
            let count: Int = try await browser.value(of: Self.countControls)
            #expect(count >= 15)
            for number in 0..<count {
                let selector = "[data-number='\(number)']"
                let name = try await browser.accessibleName(of: selector)
                #expect(try await browser.role(of: selector) != "generic", "\(name)")
                let isChinese = name.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
                #expect(!name.isEmpty && isChinese == (language == "zh-CN"), "\(name)")
            }
        }
    }

    @Test func `Tab goes through all controls in their order, and each shows that the keyboard is there`() async throws
    {
        try await ServedPage.with(model: Self.long) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            let browser = page.browser
            let count: Int = try await browser.value(of: Self.countControls)
            try await browser.run("document.querySelector('.skip').focus({ focusVisible: true })")
            var reached: [Int] = []
            for _ in 0..<count {
                let focus: [String] = try await browser.value(
                    of: """
                        (({ dataset, id }, { outlineStyle, outlineWidth }) => [dataset.number ?? 'none', id, outlineStyle, outlineWidth])
                            (document.activeElement, getComputedStyle(document.activeElement))
                        """)
                reached.append(Int(focus[0]) ?? -1)
                #expect(focus[2] == "solid" && focus[3] == "2px", "\(focus)")
                try await browser.press(Browser.tab)
            }
            #expect(reached == Array(0..<count))
            #expect(try await browser.value(of: "document.querySelector('.skip').matches('[data-number=\"0\"]')"))
        }
    }

    @Test func `When a button can't be pressed any more, the keyboard is at the question`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await page.browser.run("document.getElementById('stop').focus()")
            try await page.browser.press(" ")
            try await page.waitFor(phase: "stopped")
            try await page.browser.wait(until: "document.activeElement.id === 'prompt'")
        }
    }

    @Test func `A screen reader finds the parts of the page, and hears an answer once, when it is complete`()
        async throws
    {
        let text = "今天天气很好。"
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.chat(tokens: text.map(String.init)))
        }) { page in
            let browser = page.browser
            for (selector, role) in [
                ("header", "banner"), ("nav", "navigation"), ("aside", "complementary"), ("main", "main"),
                ("#scroller", "region"), ("#said", "status"),
            ] {
                let found = try await browser.role(of: selector)
                #expect(found == role, "\(selector)")
            }
            let live = "[aria-live], [role=status], [role=alert], [role=log], output"
            #expect(
                try await browser.value(of: "[...document.querySelectorAll('\(live)')].map((each) => each.id)")
                    == ["said", "login-fault"])
            try await browser.run(
                """
                window.said = [];
                new MutationObserver(() => said.push(document.getElementById('said').innerText))
                    .observe(document.getElementById('said'), { subtree: true, childList: true, characterData: true });
                """)
            try await page.ask("Question 今天?")
            try await page.waitFor(phase: "finished")
            #expect(try await browser.value(of: "said") == ["Speaking", text])
            // Chinese on an English page is marked as such, wherever it is.
            for selector in ["#said p", ".turn .asked", ".turn .text"] {
                #expect(
                    try await browser.value(of: "document.querySelector('\(selector)').lang") == "zh-CN", "\(selector)")
            }
            #expect(try await browser.role(of: ".turn .asked") == "heading")
            #expect(try await browser.role(of: "#timeline") == "image")
            let picture = "Pieces of the answer over time: 1 written, 1 voiced, 1 heard"
            #expect(try await browser.accessibleName(of: "#timeline") == picture)
        }
    }

    @Test func `On a telephone the side lies over the page, and goes away without a trace`() async throws {
        try await ServedPage.with { page in
            let browser = page.browser
            try await browser.resize(width: 390, height: 844)
            try await browser.wait(until: "document.documentElement.dataset.connected === 'true'")
            for close in [Browser.escape, " "] {
                try await browser.click("#open-side")
                try await browser.wait(until: "document.activeElement.id === 'close-side'")
                #expect(try await browser.value(of: "document.querySelector('main').inert"))
                try await browser.press(close)
                try await browser.wait(until: "document.activeElement.id === 'open-side'")
                #expect(try await browser.value(of: "!document.querySelector('main').inert"))
                #expect(try await browser.value(of: "document.getElementById('shade').hidden"))
            }
        }
    }
}
