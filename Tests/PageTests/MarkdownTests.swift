// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// Markdown on the page: shown as what it means, and found again where it stands in the answer's text.
extension PageTests {
    /// Reads Markdown in the browser. An element is written as its name with what it holds in brackets, a link with its
    /// address before that.
    private static let outline = """
        const { blocks } = await import('/page/markdown.js');
        const outline = (node) => node.text ?? `${[node.tag, node.name, node.href].filter(Boolean).join(' ')}[${
            node.children.map(outline).join('')}]`;
        const check = (source, nodes, end = 0) => nodes.reduce((end, node) => {
            if (node.text === undefined) return check(source, node.children, end);
            // Each text stands where it says, and none before another.
            if (source.slice(node.from, node.from + node.text.length) !== node.text || node.from < end) {
                throw new Error(`${JSON.stringify(node)} in ${JSON.stringify(source)}`);
            }
            return node.from + node.text.length;
        }, end);
        const read = (source, isOpen) => {
            const nodes = blocks(source, 0, isOpen);
            check(source, nodes);
            return nodes.map(outline).join(' ');
        };
        """

    private static func outlines(_ sources: [String], isOpen: Bool = false, _ browser: Browser) async throws -> [String]
    {
        try await browser.run(
            """
            return (async () => {
                \(outline)
                window.outlines = [\(sources.map(HTTPWire.json).joined(separator: ", "))].map((source) => read(source, \(isOpen)));
            })();
            """)
        return try await browser.value(of: "outlines")
    }

    private static let markdown: [(String, String)] = [
        ("## Why?\n\nSince.", "h3 level2[Why?] p[Since.]"),
        ("# A\n### B\n# C #", "h3 level1[A] h4 level3[B] h3 level1[C]"),
        ("a **b *c* d** e", "p[a strong[b em[c] d] e]"),
        ("***both*** ~~gone~~", "p[em[strong[both]] del[gone]]"),
        ("天空**很蓝**。**「重要」**是的", "p[天空strong[很蓝]。strong[「重要」]是的]"),
        ("2*3*4, 5 * 6 and snake_case_name", "p[2*3*4, 5 * 6 and snake_case_name]"),
        (#"\*not\* and ** not **"#, "p[*not* and ** not **]"),
        ("`a*b*` and ``c`d``", "p[code[a*b*] and code[c`d]]"),
        ("[W](https://x.y/z_(q) \"t\") and <https://a.b>", "p[a https://x.y/z_(q)[W] and a https://a.b[https://a.b]]"),
        ("Visit https://x.y/z. [j](javascript:alert(1))", "p[Visit a https://x.y/z[https://x.y/z]. j]"),
        ("见https://x.y/z，好", "p[见a https://x.y/z[https://x.y/z]，好]"),
        ("![pic](https://x.y/p.png) [1]", "p[a https://x.y/p.png[pic] [1]]"),
        ("- a\n- b\n  - c\n\n  d", "ul[li[a]li[bul[li[c]]p[d]]]"),
        ("1. a\n   - b\n2. c", "ol[li[span number[1.]aul[li[b]]]li[span number[2.]c]]"),
        ("- [x] a\n- [ ] b", "ul[li tasked[span task[]a]li tasked[span task[]b]]"),
        ("Steps:\n1. a\n\nIn\n1998. b", "p[Steps:] ol[li[span number[1.]a]] p[In\n1998. b]"),
        (
            "| a | b |\n|:-:|--:|\n| `x|y` | z |",
            "table[thead[tr[th middle[a]th end[b]]]tbody[tr[td middle[code[x|y]]td end[z]]]]"
        ),
        ("```py\nx\n\n  y\n```\nz", "pre[x\n\n  y] p[z]"),
        ("> a\n> **b**\n\nc", "blockquote[p[a\nstrong[b]]] p[c]"),
        ("a\n\n---\n\nb<br>c", "p[a] hr[] p[bbr[]c]"),
        (#"\[ x^2 \]"# + "\n\nand $a_b*c*$ for $5 or $6", "p formula[x^2] p[and span formula[a_b*c*] for $5 or $6]"),
        ("<img src=x onerror=alert(1)> &amp; a\r\nb", "p[<img src=x onerror=alert(1)> &amp; a\nb]"),
    ]

    @Test func `Markdown is read as models write it, and each text is known to stand where it does`() async throws {
        try await ServedPage.with { page in
            let outlines = try await Self.outlines(Self.markdown.map(\.0), page.browser)
            for ((source, expected), outline) in zip(Self.markdown, outlines) {
                #expect(outline == expected, "\(source)")
            }
        }
    }

    @Test func `Mark-up that has only begun to come is never seen`() async throws {
        let text = """
            Hi **bold** `code` and [link](https://x.y/z) *e*.

            ## Head

            - one
            - **two**

            1. three

            | a | b |
            |---|---|
            | c | d |

            ```py
            x
            ```
            end
            """
        let beginnings = text.indices.map { String(text[...$0]) }
        try await ServedPage.with { page in
            let outlines = try await Self.outlines(beginnings, isOpen: true, page.browser)
            #expect(outlines.count > 100)
            for (source, outline) in zip(beginnings, outlines) {
                for mark in ["*", "`", "](", "|", "#", "- ", "(http"] {
                    #expect(!outline.contains(mark), "\(source.suffix(20)): \(outline)")
                }
            }
            // What was strong does not become plain and strong again.
            let strong = outlines.drop { !$0.contains("strong[") }
            #expect(strong.allSatisfy { $0.contains("strong[") } && outlines.last?.contains("strong[bold]") == true)
        }
    }

    @Test func `Text of nothing but brackets, quotes or stars is read in no time worth speaking of`() async throws {
        let sources = ["[", ">", "*a ", "a** ", "- ", "`` ` ", "| "].map { String(repeating: $0, count: 5000) }
        try await ServedPage.with { page in
            let outlines = try await Self.outlines(sources, isOpen: true, page.browser)
            #expect(outlines.count == sources.count)
        }
    }

    @Test func `The word that is heard is lit in what the Markdown means`() async throws {
        let answer = """
            ## A 🌈 title

            Sun**light** looks **white**. See `print` and [Wikipedia](https://en.wikipedia.org/wiki/Sky).

            1. One

            ```python
            print("hi")
            ```

            天空**很蓝**。
            """
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.chat(tokens: answer.map(String.init)))
        }) { page in
            let browser = page.browser
            try await browser.run(
                """
                window.lit = [];
                const nameOf = (each) => each.closest('h3, strong, a, code, .number, pre, table, p')?.tagName.toLowerCase();
                new MutationObserver(() => {
                    const words = [...document.querySelectorAll('.turn.sounding .now')];
                    const word = words.map((each) => `${nameOf(each)}:${each.textContent}`).join(' ');
                    if (word && word !== lit.at(-1)) lit.push(word);
                }).observe(document.getElementById('log'),
                    { subtree: true, childList: true, characterData: true, attributes: true });
                """)
            try await page.ask("Question")
            try await page.waitFor(phase: "finished")
            let lit: [String] = try await browser.value(of: "lit")
            for word in [
                "h3:title", "p:Sun strong:light", "p:looks", "strong:white", "code:print", "a:Wikipedia", "span:1",
                "pre:print(\"hi\")", "strong:蓝",
            ] {
                #expect(lit.contains(word), "\(word): \(lit)")
            }
            // A place that is off by a byte would light parts of words.
            let parts = lit.flatMap { $0.split(separator: " ") }.compactMap { $0.split(separator: ":").last }.map(
                String.init)
            let words = [
                "A", "title", "Sun", "light", "looks", "white", "See", "print", "and", "Wikipedia", "1", "One",
                "print(\"hi\")", "天", "空", "很", "蓝",
            ]
            #expect(parts.allSatisfy { words.contains($0) }, "\(lit)")
            #expect(try await browser.text(of: ".turn pre code") == #"print("hi")"#)
            #expect(try await browser.value(of: "document.querySelector('.turn a').rel") == "noopener noreferrer")
            #expect(try await browser.value(of: "document.querySelectorAll('.turn .rest').length") == 0)
            #expect(try await browser.complaints().map(\.message) == [])
        }
    }
}
