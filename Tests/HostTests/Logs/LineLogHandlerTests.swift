// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Host
import Logging
import Synchronization
import Testing

@Suite("Log lines")
struct LineLogHandlerTests {
    /// Returns what is written when `body` logs.
    private func written(
        _ style: LineLogHandler.Style, level: Logger.Level = .trace, _ body: (inout Logger) -> Void
    ) -> [String] {
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "test") { _ in
            LineLogHandler(style, level: level) { line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
        }
        body(&logger)
        return lines.withLock(\.self)
    }

    static let priorities: [(Logger.Level, Int)] = [
        (.trace, 7), (.debug, 7), (.info, 6), (.notice, 5), (.warning, 4), (.error, 3), (.critical, 2),
    ]

    @Test("begin with syslog's priority in the journal", arguments: priorities)
    func priority(level: Logger.Level, priority: Int) {
        #expect(written(.journal) { $0.log(level: level, "Hello.") } == ["<\(priority)>Hello.\n"])
    }

    @Test("include the program's name elsewhere, and the level if it matters")
    func plain() {
        let lines = written(.plain) { logger in
            logger.notice("Hello.")
            logger.warning("Oh.")
        }
        #expect(lines == ["utter: Hello.\n", "utter: warning: Oh.\n"])
    }

    @Test("contain the metadata in the order of its keys, quoted if needed")
    func metadata() {
        let lines = written(.plain) { logger in
            logger[metadataKey: "answer"] = "a1"
            logger.info("Said.", metadata: ["words": "12", "session": "living \"room\"", "empty": "", "answer": "a2"])
        }
        #expect(lines == [#"utter: Said. answer=a2 empty="" session="living \"room\"" words=12"# + "\n"])
    }

    @Test("stay one line each, whatever they contain")
    func forgery() {
        let lines = written(.journal) { $0.info("a\n<0>b", metadata: ["c": "d\r\n<0>e\u{1B}[2J"]) }
        #expect(lines == ["<6>a <0>b c=\"d  <0>e [2J\"\n"])
        let long = written(.journal) { $0.info("\(String(repeating: "字", count: 100_000))") }
        #expect(long.map(\.utf8.count).allSatisfy { $0 < 20_000 } && long.count == 1)
    }

    @Test(
        "have values that end where they seem to, even for programs that don't know combining characters",
        arguments: [("x\"\u{301} code=1", "\"x\\\"\u{301} code=1\""), ("x=\u{301}1", "\"x=\u{301}1\"")])
    func quotes(value: String, quoted: String) {
        let lines = written(.plain) { $0.info("a", metadata: ["c": "\(value)"]) }
        #expect(lines.map { Array($0.utf8) } == [Array("utter: a c=\(quoted)\n".utf8)])
    }

    @Test("are written from their level up")
    func level() {
        #expect(written(.plain, level: .notice) { $0.info("Not this.") } == [])
    }

    @Test("are in the journal's style if systemd names the stream")
    func journalStream() throws {
        let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        var status = stat()
        try #require(unsafe fstat(file, &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        #expect(LineLogHandler.Style.of(standardError: file, environment: ["JOURNAL_STREAM": stream]) == .journal)
        #expect(LineLogHandler.Style.of(standardError: file, environment: ["JOURNAL_STREAM": "1:1"]) == .plain)
        #expect(LineLogHandler.Style.of(standardError: file, environment: [:]) == .plain)
    }
}
