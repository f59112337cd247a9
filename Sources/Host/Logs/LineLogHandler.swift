// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import Logging
import Utterance

/// Writes log messages as lines on standard error: `message key=value`, each with a single `write`.
///
/// For the journal, a line begins with its priority (`<4>`, sd-daemon(3)), elsewhere with the program's name. Control
/// characters become spaces, so that text from the network can't forge a line.
package struct LineLogHandler: LogHandler {
    package enum Style: Sendable {
        case journal
        case plain

        /// The journal's style if standard error is connected to the journal.
        ///
        /// - Parameter environment: the process's environment variables. `JOURNAL_STREAM` holds the journal's device
        ///   and inode, so that a redirected standard error is not mistaken for it (systemd.exec(5)).
        package static func of(standardError: CInt = STDERR_FILENO, environment: [String: String]) -> Style {
            var status = stat()
            guard let stream = environment["JOURNAL_STREAM"], unsafe fstat(standardError, &status) == 0 else {
                return .plain
            }
            return stream == "\(status.st_dev):\(status.st_ino)" ? .journal : .plain
        }
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let style: Style
    private let write: @Sendable ([UInt8]) -> Void

    package init(
        _ style: Style, level: Logger.Level,
        write: @escaping @Sendable ([UInt8]) -> Void = LineLogHandler.writeToStandardError
    ) {
        self.style = style
        self.logLevel = level
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var values = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { values["error"] = "\(error)" }
        var line = head(event.level) + "\(event.message)"
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(Self.quoted("\(value)"))"
        }
        let scalars = line.printable.unicodeScalars.prefix(Self.longestLine)
        write(Array(String(scalars).utf8) + [UInt8(ascii: "\n")])
    }

    /// In Unicode scalars; the journal splits much longer lines into several messages (`LineMax=`).
    private static let longestLine = 4_000

    private func head(_ level: Logger.Level) -> String {
        switch style {
        case .journal: "<\(level.priority)>"
        case .plain: level >= .warning ? "utter: \(level.rawValue): " : "utter: "
        }
    }

    /// Quotes a value whose end would be unclear. By scalars, since an accent doesn't combine for most programs that
    /// read it.
    private static func quoted(_ value: String) -> String {
        let scalars = value.unicodeScalars
        let isWord = !scalars.isEmpty && scalars.allSatisfy { !$0.properties.isWhitespace && $0 != "\"" && $0 != "=" }
        if isWord { return value }
        let escaped = scalars.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        var quoted = String.UnicodeScalarView()
        quoted.append(contentsOf: ["\""] + escaped + ["\""])
        return String(quoted)
    }

    package static func writeToStandardError(_ line: [UInt8]) {
        _ = unsafe line.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Logger.Level {
    /// syslog's priority.
    fileprivate var priority: Int {
        switch self {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
