// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import LanguageModel
import Testing
import Utterance

/// What a server sent, byte for byte: head, chunk framing, and cut where the server was killed. Those in
/// `anthropic-documented` were not recorded but written from the examples in its public documentation.
struct Capture: Sendable, CustomTestStringConvertible {
    /// Folder and file, for example `ollama-0.32.15/02_chat_stream.txt`.
    let name: String
    var bytes: [UInt8]

    var testDescription: String { name }

    /// The folder of the captures and their expectations.
    static let folder =
        String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
        + "/../Captures"

    /// Every capture of an answer, or of a server's refusal to give one.
    static let answers: [Capture] = all.filter { capture in
        let isStatus = capture.file.hasPrefix("00_") && !capture.file.contains("loading")
        return !isStatus && !["01_ps.txt", "08_v1_models.txt"].contains(capture.file)
    }

    static let all: [Capture] = ["ollama-0.32.15", "llama-server", "anthropic-documented"].flatMap { folder in
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(folder)")) ?? []
        return files.sorted().map { Capture("\(folder)/\($0)") }
    }

    init(_ name: String) {
        self.name = name
        self.bytes = (try? Data(contentsOf: URL(filePath: "\(Self.folder)/\(name)"))).map { Array($0) } ?? []
    }

    private var file: Substring { name.split(separator: "/").last ?? "" }

    /// The protocol that would have been used.
    var provider: Provider {
        if name.hasPrefix("anthropic") { return .anthropic }
        if name.hasPrefix("llama-server") || file.contains("v1") { return .openAI }
        return file.contains("generate") || file.contains("prompt") ? .ollamaGenerate : .ollama
    }

    /// The body of the (first) reply without its chunk framing; cut where the capture is.
    var body: [UInt8] {
        guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return [] }
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
        let rest = bytes[head.upperBound...]
        return lines.contains("chunked") ? Self.unchunked(rest) : Array(rest)
    }

    var status: Int? {
        Int(String(decoding: bytes.dropFirst(9).prefix(3), as: UTF8.self))
    }

    private static func unchunked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var rest = bytes
        var body: [UInt8] = []
        while let end = rest.firstRange(of: [0x0D, 0x0A]),
            let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            rest = rest[end.upperBound...]
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return body
    }
}

/// The outcome of an answer: the words, and how it ends.
struct Outcome: Codable, Equatable {
    var text: String
    var thinking: String?
    var finish: String?
    var fault: String?
    var message: String?

    /// The committed expectations, by the name of the capture.
    static let expected: [String: Outcome] = {
        guard let data = try? Data(contentsOf: URL(filePath: "\(Capture.folder)/expected.json")) else { return [:] }
        return (try? JSONDecoder().decode([String: Outcome].self, from: data)) ?? [:]
    }()
}
