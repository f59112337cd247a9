// SPDX-License-Identifier: GPL-3.0-or-later
import Page
import Testing

/// What the files of the page may hold, so that the strict policy holds without a browser's help.
@Suite struct PageFileTests {
    private static let html =
        PageFile.all.first { $0.path == "/" }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""

    @Test func `The page is three files, each with a tag of its own`() {
        #expect(PageFile.all.map(\.path) == ["/", "/page.css", "/page.js"])
        #expect(Set(PageFile.all.map(\.entityTag)).count == 3)
        #expect(PageFile.all.allSatisfy { !$0.bytes.isEmpty && $0.entityTag.hasPrefix("\"") })
    }

    @Test(arguments: [" style=", " onclick=", " onload=", "<style", "javascript:"])
    func `The HTML holds no code and no style`(_ text: String) {
        #expect(!Self.html.contains(text))
    }

    @Test func `The only script is the page's own file`() {
        #expect(Self.html.split(separator: "<script").count == 2)
        #expect(Self.html.contains(#"<script type="module" src="/page.js"></script>"#))
    }

    @Test func `The policy lets no code in, be it within HTML or made of text`() {
        #expect(PageFile.securityPolicy.hasPrefix("default-src 'none'; "))
        #expect(!PageFile.securityPolicy.contains("unsafe"))
        #expect(PageFile.securityPolicy.hasSuffix("require-trusted-types-for 'script'; trusted-types 'none'"))
    }

    @Test(arguments: ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"])
    func `The script makes no HTML of text`(_ name: String) throws {
        let script = try #require(PageFile.all.first { $0.path == "/page.js" })
        #expect(!String(decoding: script.bytes, as: UTF8.self).contains(name))
    }

    @Test func `Nothing is fetched from anywhere else`() {
        for file in PageFile.all {
            let text = String(decoding: file.bytes, as: UTF8.self)
            // The name of SVG, which is no address.
            let addresses = text.replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!addresses.contains("http://") && !addresses.contains("https://"), "\(file.path)")
        }
    }
}
