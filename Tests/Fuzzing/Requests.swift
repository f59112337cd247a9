// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import HTTPTypes
import Utterance

@testable import DaemonService

/// Bodies and queries of requests to the daemon, and Model Context Protocol messages.
func fuzzRequests(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    fuzzFields(try RequestFields(parsing: bytes)) { fields in
        let ask = try AskRequest(&fields, limit: limits.promptCharacters)
        checkSentAgain(ask.json) { try AskRequest(&$0, limit: limits.promptCharacters) == ask }
    }
    fuzzFields(try RequestFields(parsing: bytes)) { fields in
        let say = try SayRequest(&fields, limit: limits.promptCharacters)
        checkSentAgain(say.json) { try SayRequest(&$0, limit: limits.promptCharacters) == say }
    }
    fuzzFields(try RequestFields(parsing: bytes)) { _ = try SignalRequest(&$0) }
    fuzzFields(try RequestFields(query: text)) { _ = try Delivery(&$0) }
    fuzzFields(try RequestFields(parsing: bytes)) { _ = try Controls().changed(by: $0.rest) }
    fuzzFields(try RequestFields(parsing: bytes)) { _ = try ChatCompletionRequest(&$0, headers: [:]) }
    fuzzFields(try RequestFields(parsing: bytes)) { _ = try SpeechRequest(&$0, limits: limits).rate(175) }
    _ = try? OllamaRequest(bytes, headers: [:])
    check(text.percentEncoded.percentDecoded == text, "\(text.debugDescription) in a URL")
    fuzzMessage(bytes)
    fuzzAccess(text)
}

private let limits = RequestLimits()

/// A request's error message must be printable.
private func fuzzFields(
    _ parse: @autoclosure () throws -> RequestFields, _ read: (inout RequestFields) throws -> Void
) {
    do {
        var fields = try parse()
        try read(&fields)
    } catch {
        guard let failure = APIError(for: error) else { broken("\(error) means nothing to a client") }
        checkPrintable(failure.message)
        check((400..<500).contains(failure.status.code), "\(failure)")
    }
}

/// A request that is sent again as it was read must mean the same.
private func checkSentAgain(_ json: JSONValue, _ isSame: (inout RequestFields) throws -> Bool) {
    do {
        var fields = try RequestFields(parsing: try JSON.encode(json))
        check(try isSame(&fields), "\(json) means something else")
    } catch {
        broken("\(json) is refused: \(error)")
    }
}

private func fuzzMessage(_ bytes: [UInt8]) {
    do throws(RPCError) {
        guard let request = try RPCRequest(parsing: bytes) else { return }
        let reply = request.reply(["tools": .array(MCPTool.allCases.map(\.description))])
        check((try? JSON.encode(reply)) != nil, "no reply to \(request)")
    } catch {
        checkPrintable(error.message)
        check((try? JSON.encode(error.reply(to: nil))) != nil, "no reply to an error")
    }
}

/// Values of the headers that decide who may use the daemon.
private func fuzzAccess(_ text: String) {
    let rules = AccessRules(token: "token", hosts: ["home.example"], origins: ["https://home.example"])
    check(!rules.isToken(text) || text == "token", "\(text.debugDescription) passed for the token")
    _ = rules.allowsHost(text)
    _ = rules.allowsOrigin(text, at: text)
    _ = IPNetwork(text)
}
