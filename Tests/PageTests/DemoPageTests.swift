// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// The page of a newcomer, who has no Ollama yet.
extension PageTests {
    struct Words: Sendable, CustomTestStringConvertible {
        var language: String
        var question: String
        var banner: String
        var note: String
        /// How to get real answers, according to the demo.
        var cure: String
        var chosen: String

        var testDescription: String { language }
    }

    @Test(
        .enabled(if: OllamaPort.isUsable, "\(OllamaPort.reasonToSkip)"),
        arguments: [
            Words(
                language: "en-US", question: "Why is the sky blue?",
                banner: "The built-in demo answers. Install Ollama for real answers.",
                note: "install Ollama from ollama.com",
                cure: "ollama pull llama3.2", chosen: "As configured: tiny:latest"),
            Words(
                language: "zh-CN", question: "天空为什么是蓝色的？", banner: "目前由内置演示回答。安装 Ollama 后可获得真正的回答。",
                note: "请从 ollama.com 安装 Ollama", cure: "ollama pull qwen2.5:3b", chosen: "按配置：tiny:latest"),
        ])
    func `Without Ollama the demo answers and says how to get real answers, which come once Ollama is started`(
        words: Words
    ) async throws {
        try await OllamaPort.alone {
            try await Browser.with(language: words.language) { browser in
                try await ServedPage.withDaemon { daemon, url in
                    let page = ServedPage(browser: browser, daemon: daemon, url: url)
                    try await browser.open(url)
                    let banner = "document.getElementById('connection')"
                    try await browser.wait(until: "\(banner).textContent === '\(words.banner)'")
                    #expect(try await browser.value(of: "\(banner).classList.contains('calm') && !\(banner).hidden"))
                    try await page.ask(words.question)
                    try await browser.wait(
                        until: "document.querySelector('.turn .text')?.textContent.includes('\(words.cure)')")
                    #expect(try await browser.text(of: ".turn .text").contains(words.question))
                    #expect(try await browser.text(of: ".turn .note").contains(words.note))
                    try await page.waitFor(phase: "speaking")
                    let ollama = OllamaWire.server { _, connection in
                        try await connection.send(OllamaWire.chat(tokens: ["A real", " answer."]))
                    }
                    try await FaultServer.run(port: OllamaPort.number, ollama) { _ in
                        try await page.ask(words.question)
                        try await page.waitFor(phase: "finished")
                        #expect(try await browser.text(of: ".turn:last-child .text") == "A real answer.")
                        try await browser.wait(until: "\(banner).hidden")
                        try await browser.wait(
                            until: "document.querySelector('#model option').textContent === '\(words.chosen)'")
                    }
                    #expect(try await browser.complaints().map(\.message) == [])
                }
            }
        }
    }
}
