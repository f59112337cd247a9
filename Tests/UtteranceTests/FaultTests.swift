// SPDX-License-Identifier: GPL-3.0-or-later
import FoundationEssentials
import Testing
import Utterance

struct FaultTests {
    @Test(arguments: Fault.Code.allCases)
    func `Codes are snake_case`(code: Fault.Code) {
        let words = code.rawValue.split(separator: "_", omittingEmptySubsequences: false)
        #expect(words.allSatisfy { !$0.isEmpty && $0.allSatisfy { ("a"..."z").contains($0) } })
    }

    @Test func `All codes differ`() {
        #expect(Set(Fault.Code.allCases.map(\.rawValue)).count == Fault.Code.allCases.count)
    }

    @Test(arguments: Fault.Code.allCases)
    func `A fault round-trips through JSON`(code: Fault.Code) throws {
        let fault = Fault(code, "Nobody answers at “http://[::1]:11434”; start Ollama.")
        #expect(try JSONDecoder().decode(Fault.self, from: JSONEncoder().encode(fault)) == fault)
    }

    @Test func `On the wire a fault is its code and its message`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(Fault(.modelNoneInstalled, "Run `ollama pull`."))
        #expect(
            String(decoding: json, as: UTF8.self) == #"{"code":"model_none_installed","message":"Run `ollama pull`."}"#)
    }

    @Test func `An unknown code is rejected`() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Fault.self, from: Data(#"{"code":"gone_fishing","message":"x"}"#.utf8))
        }
    }

    @Test func `A fault's message is printable, even from elsewhere`() throws {
        #expect(Fault(.modelFailed, "bad\u{1B}[2J\nnews").message == "bad [2J news")
        let received = Data(#"{"code":"model_failed","message":"bad\u001b[2J\nnews"}"#.utf8)
        #expect(try JSONDecoder().decode(Fault.self, from: received).message == "bad [2J news")
    }

    @Test func `A fault describes itself by its message`() {
        #expect("\(Fault(.deviceBusy, "The device is busy."))" == "The device is busy.")
    }
}

struct NoticeTests {
    @Test func `A notice round-trips through JSON`() throws {
        let notice = Notice("truncated", "The answer was cut.")
        #expect(try JSONDecoder().decode(Notice.self, from: JSONEncoder().encode(notice)) == notice)
    }

    @Test func `A notice's message is printable, even from elsewhere`() throws {
        #expect(Notice("truncated", "cut\u{7}\n").message == "cut  ")
        let received = Data(#"{"code":"truncated","message":"cut\u0007\n"}"#.utf8)
        #expect(try JSONDecoder().decode(Notice.self, from: received).message == "cut  ")
    }
}
