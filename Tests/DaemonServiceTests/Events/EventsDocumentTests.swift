// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import TestSupport
import Testing

@Suite("docs/events.md")
struct EventsDocumentTests {
    @Test("describes every event, and no other")
    func complete() throws {
        let path = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/docs/events.md"
        let rows = String(decoding: try #require(readFile(path)), as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
        let described = rows.flatMap { row in
            row.split(separator: "|")[0].matches(of: /`(\w+)`/).map { String($0.output.1) }
        }
        #expect(
            Set(described)
                == Set(Event.Name.allCases.map(\.rawValue) + ["queued", "refused", "controls", "speaker", "missed"]))
        #expect(described.count == Set(described).count)
    }
}
