// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Page
import Testing

/// What the files of the page may hold, so that the strict policy holds without a browser's help.
@Suite struct PageFileTests {
    private static let html =
        PageFile.all.first { $0.path == "/" }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""

    private static let scripts = PageFile.all.filter { $0.contentType.hasPrefix("text/javascript") }

    @Test func `Each file of the folder is served, with a tag of its own`() throws {
        let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources/Page/Web"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let served = PageFile.all.map {
            $0.path == "/" ? "page.html" : $0.path.split(separator: "/").last.map(String.init)
        }
        #expect(Set(served.compactMap(\.self)) == Set(names))
        #expect(Set(PageFile.all.map(\.entityTag)).count == names.count)
        #expect(PageFile.all.allSatisfy { !$0.bytes.isEmpty && $0.entityTag.hasPrefix("\"") })
    }

    @Test(arguments: [" style=", " onclick=", " onload=", "<style", "javascript:"])
    func `The HTML holds no code and no style`(_ text: String) {
        #expect(!Self.html.contains(text))
    }

    @Test func `The only script is the page's own file, whose modules are fetched at once`() {
        #expect(Self.html.split(separator: "<script").count == 2)
        #expect(Self.html.contains(#"<script type="module" src="/page/page.js"></script>"#))
        for script in Self.scripts where script.path != "/page/page.js" {
            #expect(Self.html.contains(#"<link rel="modulepreload" href="\#(script.path)">"#), "\(script.path)")
        }
    }

    @Test func `Each module imports what there is`() throws {
        #expect(Self.scripts.count > 15)
        for script in Self.scripts {
            let text = String(decoding: script.bytes, as: UTF8.self)
            for match in text.matches(of: /from '\.\/([a-z]+\.js)'/) {
                #expect(Self.scripts.contains { $0.path == "/page/\(match.1)" }, "\(script.path): \(match.1)")
            }
            // One subject each.
            #expect(text.split(separator: "\n").count < 300, "\(script.path)")
        }
    }

    @Test func `The policy lets no code in, be it within HTML or made of text`() {
        #expect(PageFile.securityPolicy.hasPrefix("default-src 'none'; "))
        #expect(!PageFile.securityPolicy.contains("unsafe"))
        #expect(PageFile.securityPolicy.hasSuffix("require-trusted-types-for 'script'; trusted-types 'none'"))
    }

    @Test(arguments: ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser"])
    func `The scripts make no HTML of text`(_ name: String) {
        for script in Self.scripts {
            #expect(!String(decoding: script.bytes, as: UTF8.self).contains(name), "\(script.path)")
        }
    }

    @Test func `Nothing is fetched from anywhere else`() {
        for file in PageFile.all {
            // The name of SVG, which is no address, and what addresses look like.
            let text = String(decoding: file.bytes, as: UTF8.self).replacing("http://www.w3.org/2000/svg", with: "")
            for match in text.matches(of: /https?:\/\/[a-z0-9]+/) {
                Issue.record("\(file.path): \(match.0)")
            }
        }
    }
}
