// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import Utterance

/// The values of the device's topics, derived from the daemon's events and status.
struct DeviceStates: Sendable {
    /// The last parts of the topics.
    enum Name: String, CaseIterable {
        /// `idle`, `thinking`, `speaking` or `paused`.
        case state
        /// JSON: the sentence being heard, and what was heard of its answer.
        case heard
        /// JSON.
        case question
        /// JSON.
        case answer
        /// In ms since the question.
        case firstSound = "first_sound"
        /// JSON: the last thing that went wrong, `none` after an answer that was heard.
        case fault
        /// JSON: `ON` if an answer would start at once, else why not.
        case ready
        case volume
        case rate
        case voice
        case persona
        case mute
        case pause

        /// Whether the broker keeps it. What is asked and said in a room doesn't belong on its disk.
        var isRetained: Bool { ![.heard, .question, .answer].contains(self) }
    }

    private struct Answer {
        /// `nil` if the text was only to be read.
        var question: String?
        /// Its text as far as it is kept.
        var text = ""
        var pieces: [Int: String] = [:]
        var heard = ""
        var sounds = false
    }

    private(set) var values: [Name: String] = [:]
    private var answers: [String: Answer] = [:]
    private var fault = DeviceStates.noFault

    /// UTF-8 bytes of a text. Home Assistant's recorder stores no attributes of more than 16 KiB.
    static let longestText = 5_000

    /// - Returns: what became of an answer, for its topic; `nil` if nothing did.
    mutating func note(_ event: DeviceEvent) -> JSONValue? {
        switch event {
        case .queued(let queued):
            // A new answer's events follow; one that was lost to a slow reader must not stay.
            if answers.count >= Self.mostAnswers { answers = [:] }
            // What belongs to a conversation is a question.
            let question = queued.session == nil ? nil : Self.bounded(queued.prompt)
            answers[queued.answer] = Answer(question: question)
            if let question {
                set(.question, ["text": .string(question), "answer": .string(queued.answer)])
            }
            return Self.event(
                "started", queued.answer,
                [
                    "question": question.map { .string($0) }, "priority": .string(queued.priority.rawValue),
                    "ahead": .integer(queued.ahead),
                ])
        case .answer(let event): return note(event)
        case .speaker(let speaker):
            if let trouble = speaker.trouble {
                fault = trouble
            } else if ["device_missing", "device_muted"].contains(fault.code) {
                fault = Self.noFault
            }
            setFault()
        case .missed: answers = [:]
        // An announcement that the rules forbid is no fault. If it came over MQTT, ``note(refusal:)`` tells its sender.
        case .refused, .controls, .other: break
        }
        return nil
    }

    private static let mostAnswers = 256
    private static let noFault = Notice("none", "")

    private mutating func note(_ event: Event) -> JSONValue? {
        switch event.kind {
        case .text(let text):
            guard let known = answers[event.answer], known.text.utf8.count <= Self.longestText else { return nil }
            answers[event.answer]?.text.append(contentsOf: text.prefix(Self.longestText))
        case .discard: answers[event.answer]?.text = ""
        case .piece(let piece): answers[event.answer]?.pieces[piece.index] = piece.text
        case .soundStart(let index):
            // Sound from another program has no text.
            answers[event.answer]?.sounds = true
            guard let piece = answers[event.answer]?.pieces[index] else { return nil }
            setHeard(piece, of: event.answer)
        case .heard(let index):
            guard let piece = answers[event.answer]?.pieces.removeValue(forKey: index) else { return nil }
            let heard = answers[event.answer]?.heard ?? ""
            answers[event.answer]?.heard = Self.bounded(heard.isEmpty ? piece : "\(heard) \(piece)")
        case .notice(let notice): note(notice)
        case .finished(let summary): return end(event.answer, "finished", summary)
        case .stopped(let summary): return end(event.answer, "stopped", summary)
        case .failed(let fault, let summary):
            self.fault = Notice(fault.code.rawValue, fault.message)
            setFault()
            return end(event.answer, "failed", summary, fault)
        default: break
        }
        return nil
    }

    private mutating func note(_ notice: Notice) {
        switch notice.code {
        case "device_waiting", "device_substituted", "model_server_failed", "voice_server_failed": fault = notice
        case "device_back", "model_server_back", "voice_server_back": fault = Self.noFault
        default: return
        }
        setFault()
    }

    private mutating func setHeard(_ piece: String, of name: String) {
        let before = answers[name]?.heard ?? ""
        set(
            .heard,
            [
                "text": .string(Self.bounded(piece)), "answer": .string(name),
                "so_far": .string(Self.bounded(before.isEmpty ? piece : "\(before) \(piece)")),
            ])
    }

    private mutating func end(
        _ name: String, _ ending: String, _ summary: Event.Summary, _ fault: Fault? = nil
    ) -> JSONValue? {
        guard let answer = answers.removeValue(forKey: name) else { return nil }
        let text = Self.bounded(answer.text.trimmed)
        if let question = answer.question {
            var members: [String: JSONValue] = [
                "text": .string(text), "question": .string(question), "answer": .string(name),
                "ending": .string(ending),
            ]
            if ending != "finished" { members["heard"] = .string(answer.heard) }
            set(.answer, .object(members))
        }
        let firstSound = summary.firstSound.map { Int($0.inMilliseconds.rounded()) }
        if let firstSound, answer.question != nil { values[.firstSound] = "\(firstSound)" }
        if ending == "finished", !summary.isSilent {
            self.fault = Self.noFault
            setFault()
        }
        return Self.event(
            ending, name,
            [
                "question": answer.question.map { .string($0) }, "text": .string(text),
                "first_sound_ms": firstSound.map { .integer($0) }, "code": fault.map { .string($0.code.rawValue) },
                "message": fault.map { .string($0.message) },
            ])
    }

    /// A command was refused, for this reason.
    mutating func note(refusal: Notice) {
        fault = refusal
        setFault()
    }

    /// Sets what events don't report.
    ///
    /// - Parameter persona: who answers the next question.
    mutating func set(_ status: DaemonStatus, persona: String) {
        let sounds = status.speaking.map { answers[$0]?.sounds ?? true } ?? false
        let isThinking = status.speaking != nil && !sounds
        values[.state] = status.paused ? "paused" : sounds ? "speaking" : isThinking ? "thinking" : "idle"
        values[.pause] = status.paused ? "ON" : "OFF"
        values[.mute] = status.muted ? "ON" : "OFF"
        values[.volume] = (status.volume ?? status.configured?.volume).map { "\($0)" }
        values[.rate] = (status.rate ?? status.configured?.rate).map { "\($0)" }
        values[.voice] = status.voice ?? status.configured?.voice
        values[.persona] = persona
        let missing = status.missing ?? ""
        set(
            .ready,
            [
                "state": status.ready ? "ON" : "OFF", "missing": .string(missing),
                "code": .string(status.missingCode ?? "none"),
            ])
        setFault()
    }

    private mutating func setFault() {
        set(.fault, ["code": .string(fault.code), "message": .string(fault.message)])
    }

    private mutating func set(_ name: Name, _ value: JSONValue) {
        values[name] = value.json
    }

    private static func event(_ type: String, _ answer: String, _ more: [String: JSONValue?]) -> JSONValue {
        let members: [String: JSONValue] = ["event_type": .string(type), "answer": .string(answer)]
        return .object(members.merging(more.compactMapValues { $0 }) { $1 })
    }

    /// The beginning of a text that is too long, with an ellipsis.
    static func bounded(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        var result = ""
        var bytes = 0
        for character in text {
            bytes += character.utf8.count
            guard bytes <= longestText - "…".utf8.count else { break }
            result.append(character)
        }
        return result + "…"
    }
}

extension JSONValue {
    var json: String {
        // Encoding can't fail: no number in it is infinite.
        String(decoding: (try? JSON.encode(self)) ?? [], as: UTF8.self)
    }
}
