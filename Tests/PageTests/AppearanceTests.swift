// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// What is seen of the page, in any light and of any size.
extension PageTests {
    /// The texts of a page whose contrast with what is behind them is too low (WCAG 2.2, 1.4.3), each with its contrast;
    /// what can't be pressed is left out, as there.
    private static let faintTexts = """
        (() => {
            const parse = (color) => {
                const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
                return { rgb: [r, g, b], a };
            };
            const over = ({ rgb, a }, below) => rgb.map((value, index) => value * a + below[index] * (1 - a));
            const ground = (element) => {
                if (!element) return [255, 255, 255];
                const color = parse(getComputedStyle(element).backgroundColor);
                return color.a === 1 ? color.rgb : over(color, ground(element.parentElement));
            };
            const light = (rgb) => rgb.map((value) => value / 255)
                .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
            const contrast = (one, other) => {
                const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
                return (bright + 0.05) / (dark + 0.05);
            };
            const texts = [];
            const add = (element, text, style) => {
                if (element.closest(':disabled, .hidden') || !element.checkVisibility()) return;
                const back = ground(element);
                texts.push([text, contrast(over(parse(style.color), back), back)]);
            };
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const { parentElement: element, data } = walker.currentNode;
                if (data.trim()) add(element, data.trim().slice(0, 40), getComputedStyle(element));
            }
            const prompt = document.getElementById('prompt');
            add(prompt, prompt.placeholder, getComputedStyle(prompt, '::placeholder'));
            const properties = getComputedStyle(document.documentElement);
            const color = (name) => properties.getPropertyValue(`--${name}`).trim().match(/[0-9a-f]{2}/g)
                .map((digits) => parseInt(digits, 16));
            // On the picture, under the pointer, and what is lit only for a moment.
            for (const [text, back] of [['on-written', 'written'], ['on-heard', 'heard'], ['lit-ink', 'lit'],
                ['on-accent', 'accent'], ['soft', 'sunken'], ['faint', 'sunken'], ['accent', 'sunken'], ['bad', 'sunken'],
                ['bad', 'ground'], ['bad', 'surface'], ['bad', 'bad-ground']]) {
                texts.push([`${text} on ${back}`, contrast(color(text), color(back))]);
            }
            // The edge of a field needs less (1.4.11), as does what shows the keyboard.
            for (const [edge, back] of [['edge', 'ground'], ['edge', 'surface'], ['accent', 'ground'], ['accent', 'surface']]) {
                texts.push([`${edge} beside ${back}`, contrast(color(edge), color(back)) * 1.5]);
            }
            window.texts = texts.length;
            return texts.filter(([, contrast]) => contrast < 4.5).map(([text, contrast]) => `${text}: ${contrast.toFixed(2)}`);
        })()
        """

    @Test(arguments: ["light", "dark"])
    func `All text can be told from what is behind it`(theme: String) async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await browser.prefer(["prefers-color-scheme": theme])
            #expect(try await browser.value(of: Self.faintTexts, as: [String].self) == [], "empty")
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            #expect(try await browser.value(of: Self.faintTexts, as: [String].self) == [], "speaking")
            try await browser.click("#stop")
            try await page.waitFor(phase: "stopped")
            page.daemon.send(.kill)
            try await browser.wait(until: "!document.getElementById('connection').hidden")
            try await browser.type("Question two" + Browser.enter, into: "#prompt")
            try await page.waitFor(phase: "failed")
            #expect(try await browser.value(of: Self.faintTexts, as: [String].self) == [], "failed")
            #expect(try await browser.value(of: "texts") > 30)
        }
    }

    @Test func `Nothing is cut off when the page is magnified, turned or small`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await page.ask("Question \(String(repeating: "Donaudampfschifffahrt", count: 20))")
            try await page.waitFor(phase: "speaking")
            for (width, height) in [(1280, 800), (640, 400), (320, 256), (844, 390), (390, 844)] {
                try await browser.resize(width: width, height: height)
                try await browser.wait(until: "innerWidth === \(width)")
                let cut: [String] = try await browser.value(
                    of: """
                        [...document.querySelectorAll('header, main, #scroller, #composer *, header *, #picture summary')]
                            .filter((each) => {
                                const { left, right, top, bottom, width } = each.getBoundingClientRect();
                                return width > 1 && (left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5);
                            }).map((each) => each.outerHTML.slice(0, 80))
                        """)
                #expect(cut == [], "\(width) × \(height)")
                for element in ["document.documentElement", "document.getElementById('scroller')"] {
                    let fits: Bool = try await browser.value(of: "\(element).scrollWidth <= \(element).clientWidth")
                    #expect(fits, "\(element), \(width) × \(height)")
                }
                let room: Int = try await browser.value(of: "document.getElementById('scroller').clientHeight")
                #expect(room > height * 2 / 5, "\(width) × \(height)")
            }
        }
    }

    @Test func `On a telephone the picture is closed until somebody opens it, and then stays so`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await browser.resize(width: 390, height: 844)
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            try await browser.wait(until: "!document.getElementById('picture').open")
            #expect(try await browser.text(of: "#state") == "Speaking")
            try await browser.click("#picture summary")
            try await browser.wait(until: "document.getElementById('picture').open")
            try await browser.open(page.url)
            try await page.waitFor(phase: "speaking")
            #expect(try await browser.value(of: "document.getElementById('picture').open"))
        }
    }

    @Test func `The word that is heard stays in view, until somebody reads elsewhere`() async throws {
        try await ServedPage.with(model: Self.long) { page in
            let browser = page.browser
            try await browser.resize(width: 390, height: 500)
            try await page.ask("Question")
            try await page.waitFor(phase: "speaking")
            let isInView = """
                ((box, word) => word.height > 0 && word.top >= box.top && word.bottom <= box.bottom)
                    (document.getElementById('scroller').getBoundingClientRect(),
                    document.querySelector('.turn .now').getBoundingClientRect())
                """
            // The model has written far ahead of the voice.
            try await browser.wait(until: "document.querySelector('.turn .text').offsetHeight > 1000 && \(isInView)")
            #expect(try await browser.value(of: "document.getElementById('latest').hidden"))
            try await browser.run("document.getElementById('scroller').scrollTop = 1e6")
            try await browser.wait(until: "!document.getElementById('latest').hidden && !\(isInView)")
            try await browser.click("#latest")
            try await browser.wait(until: "document.getElementById('latest').hidden && \(isInView)")
        }
    }

    @Test func `Nothing moves for those who want less motion`() async throws {
        try await ServedPage.with(model: { _, connection in
            try await connection.send(OllamaWire.head + OllamaWire.chat("", thinking: "Hmm"))
            try await connection.staySilent()
        }) { page in
            try await page.ask("Question")
            try await page.waitFor(phase: "thinking")
            #expect(try await page.browser.value(of: "document.getAnimations().length") == 1)
            try await page.browser.prefer(["prefers-reduced-motion": "reduce"])
            #expect(try await page.browser.value(of: "document.getAnimations().length") == 0)
        }
    }
}
