// SPDX-License-Identifier: GPL-3.0-or-later
import Pipeline
import Testing
import Utterance

@Suite struct AnswerRecordTests {
    private func record(_ kinds: [Event.Kind], keeping bytes: Int = .max) -> AnswerRecord {
        var record = AnswerRecord(keeping: bytes)
        for kind in kinds { record.add(Event(answer: "a", sequence: 0, milliseconds: 0, kind: kind)) }
        return record
    }

    private func heard(_ end: Int) -> Event.Summary {
        var summary = Event.Summary()
        summary.heardEnd = end
        return summary
    }

    @Test("A finished answer counts in full")
    func finished() throws {
        let exchange = try #require(
            record([.text("The sky "), .text("is blue."), .finished(heard(12))]).exchange(about: "?"))
        #expect(exchange.answer == "The sky is blue.")
        #expect(!exchange.isInterrupted)
    }

    @Test("A stopped answer counts up to the last word that was heard")
    func stopped() throws {
        let record = record([.text("天空是蓝色的。"), .stopped(heard(6))])
        let exchange = try #require(record.exchange(about: "?"))
        #expect(exchange.answer == "天空")
        #expect(exchange.unheard == "是蓝色的。")
        #expect(exchange.isInterrupted)
        #expect(record.answer == "天空是蓝色的。")
    }

    @Test("Nothing is kept of an answer that was stopped before its first word")
    func unheard() {
        #expect(record([.text("The sky"), .stopped(heard(0))]).exchange(about: "?") == nil)
        #expect(record([.stopped(heard(0))]).exchange(about: "?") == nil)
    }

    @Test("What came before a model's fault was spoken, and the model knows that it was cut off")
    func failed() throws {
        let fault = Fault(.modelTruncated, "It broke off.")
        let record = record([.text("The sky is"), .failed(fault, heard(10))])
        #expect(record.fault == fault)
        let exchange = try #require(record.exchange(about: "?"))
        #expect(exchange.answer == "The sky is")
        #expect(exchange.isInterrupted)
    }

    @Test(
        "If the device or the file failed, the answer was read",
        arguments: [
            Fault.Code.deviceUnknown, .deviceMissing, .deviceBusy, .deviceFailed, .speechFailed, .outputUnwritable,
            .outputFailed,
        ])
    func unheardButRead(code: Fault.Code) throws {
        let record = record([.text("The sky is blue."), .failed(Fault(code, "No sound."), heard(0))])
        let exchange = try #require(record.exchange(about: "?"))
        #expect(exchange.answer == "The sky is blue.")
        #expect(!exchange.isInterrupted)
    }

    @Test("A silent answer counts as read as far as it came, however much was heard")
    func silent() throws {
        var summary = heard(4)
        summary.isSilent = true
        let finished = try #require(record([.text("The sky is blue."), .finished(summary)]).exchange(about: "?"))
        #expect(finished.answer == "The sky is blue.")
        #expect(!finished.isInterrupted)
        let stopped = try #require(record([.text("The sky is"), .stopped(summary)]).exchange(about: "?"))
        #expect(stopped.answer == "The sky is")
        #expect(stopped.isInterrupted)
    }

    @Test("What turned out to be reasoning was not said")
    func discarded() throws {
        let record = record([.text("Hmm, let me see."), .discard, .text("Blue."), .finished(heard(21))])
        #expect(record.answer == "Blue.")
        #expect(try #require(record.exchange(about: "?")).answer == "Blue.")
    }

    @Test("No more is kept of a long answer than is wanted")
    func bounded() {
        let texts = Array(repeating: Event.Kind.text("four"), count: 1000)
        #expect(record(texts + [.finished(heard(0))], keeping: 0).text.isEmpty)
        #expect(record(texts + [.finished(heard(0))], keeping: 10).text == "fourfourfour")
        #expect(record(texts + [.finished(heard(0))]).text.utf8.count == 4000)
    }

    @Test("What was discarded takes up no room for the answer", arguments: [0, 1, 8, 12, 100, .max])
    func boundedAfterReasoning(bytes: Int) {
        let reasoning = Array(repeating: Event.Kind.text("hmm "), count: 5)
        let record = record(
            reasoning + [.discard, .text("It is "), .text("blue."), .finished(heard(31))], keeping: bytes)
        #expect(record.answer == (bytes == 0 ? "" : bytes < 6 ? "It is " : "It is blue."))
    }

    @Test(
        "A conversation is the same whether all of an answer is kept or only what fits",
        arguments: ["word ", "今天", "слово ", "€ ", "👩‍🚀"], [0, 1, 7, 20, 100])
    func conversation(text: String, tokens: Int) {
        var silent = heard(0)
        silent.isSilent = true
        let endings: [Event.Kind] = [
            .finished(heard(0)), .stopped(silent), .stopped(heard(text.utf8.count * 3)), .stopped(heard(900)),
            .failed(Fault(.modelTruncated, "Cut."), heard(0)),
        ]
        for count in [0, 1, 5, 200] {
            for ending in endings {
                let kinds = Array(repeating: Event.Kind.text(text), count: count) + [ending]
                var (whole, kept) = (
                    Conversation(longest: 3, tokens: tokens), Conversation(longest: 3, tokens: tokens)
                )
                let bounded = record(kinds, keeping: kept.longestAnswer)
                if let exchange = record(kinds).exchange(about: "?") { whole.add(exchange) }
                if let exchange = bounded.exchange(about: "?") { kept.add(exchange) }
                #expect(whole == kept)
                #expect(bounded.text.utf8.count < tokens * 6 + text.utf8.count)
            }
        }
    }
}
