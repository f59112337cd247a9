// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

@testable import LanguageModel

/// Ollama's replies: lines of JSON.
func fuzzLines(_ bytes: [UInt8]) {
    fuzzReply(bytes, from: .ollama)
    fuzzReply(bytes, from: .ollamaGenerate)
}

/// OpenAI's and Anthropic's replies: server-sent events, or one document.
func fuzzEvents(_ bytes: [UInt8]) {
    fuzzReply(bytes, from: .openAI)
    fuzzReply(bytes, from: .anthropic)
}

/// However a reply is split, it means the same, and it ends with success or a fault.
private func fuzzReply(_ bytes: [UInt8], from provider: Provider) {
    guard let mapper = FaultMapper(for: provider) else { return }
    let whole = checkSplit(bytes) { elements(of: $0, mapper) }
    check(whole.contains { $0.isEnd }, "a reply without an end")
    for case .failed(let fault) in whole { checkFault(fault) }
}

/// The elements of a reply up to its first fault; those after it are ignored.
private func elements(of parts: [[UInt8]], _ mapper: FaultMapper) -> [ReplyElement] {
    var decoder = mapper.dialect.decoder(mapper: mapper)
    var elements: [ReplyElement] = []
    for part in parts { elements += decoder.decode(part) }
    elements += decoder.end()
    let end = elements.firstIndex { if case .failed = $0 { true } else { false } }
    return Array(elements.prefix(through: end ?? elements.count - 1))
}

extension ReplyElement {
    fileprivate var isEnd: Bool {
        switch self {
        case .event: false
        case .success, .failed: true
        }
    }
}

/// The bodies of error replies.
func fuzzErrors(_ bytes: [UInt8]) {
    let statuses = [302, 400, 401, 403, 404, 413, 429, 500, 502, 503, 529]
    let types = [nil, "application/json", "text/html"]
    let (status, type) = (statuses[bytes.count % statuses.count], types[bytes.count % types.count])
    for provider in Provider.allCases {
        guard let mapper = FaultMapper(for: provider) else { continue }
        checkFault(mapper.fault(ServerError(status: status, contentType: type, body: bytes)))
        checkFault(mapper.fault(ServerError(event: bytes)))
        checkFault(mapper.notJSON(bytes))
    }
}

private func checkFault(_ fault: Fault) {
    checkPrintable(fault.message)
    check(fault.message.contains { $0.isLetter }, "a fault that says nothing")
}

extension FaultMapper {
    fileprivate init?(for provider: Provider) {
        guard let address = try? ServerAddress("http://127.0.0.1:11434") else { return nil }
        self.init(provider: provider, address: address, model: "tiny")
    }
}
