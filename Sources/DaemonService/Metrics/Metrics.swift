// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Host
package import Pipeline
import Synchronization
package import Utterance

/// What the daemon has done since its start, in numbers.
package final class Metrics: Sendable {
    struct Numbers: Sendable {
        /// Answers by how they ended.
        var endings = ["finished": 0, "stopped": 0, "failed": 0]
        /// By their code: faults of answers, and of requests that were rejected.
        var faults: [String: Int] = [:]
        var refusals: [String: Int] = [:]
        var firstText = Histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
        var firstSound = Histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300])
        /// The pauses asked for are 0.1 to 0.4 s.
        var gap = Histogram([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1, 2.5, 5, 10])
        var tokensPerSecond = Histogram([1, 2, 5, 10, 15, 20, 30, 50, 100, 200])
        /// Answers that waited for their device.
        var deviceWaits = 0
        var speechRestarts = 0
        /// Times that another model server took over.
        var failovers = 0
        var underruns = 0
        var starvations = 0
        var tokens = 0
        var textBytes = 0
        var sound = 0.0
        /// When the last piece of each answer had been heard, in ms since its request.
        var lastHeard: [String: Double] = [:]
    }

    private let numbers = Mutex(Numbers())

    package init() {}

    var current: Numbers { numbers.withLock { $0 } }

    /// Counts an event of an answer; called from its stages.
    package func note(_ event: Event) {
        numbers.withLock { $0.add(event) }
    }

    /// Counts that the voice's process ended and another one took its place.
    package func noteSpeechRestart() {
        numbers.withLock { $0.speechRestarts += 1 }
    }

    /// Counts a rejected request.
    package func note(refused fault: Fault) {
        numbers.withLock { $0.refusals[fault.code.rawValue, default: 0] += 1 }
    }
}

extension Metrics.Numbers {
    fileprivate mutating func add(_ event: Event) {
        switch event.kind {
        case .soundStart:
            if let last = lastHeard.removeValue(forKey: event.answer) {
                gap.add(max(0, event.milliseconds - last) / 1000)
            }
        case .heard:
            lastHeard[event.answer] = event.milliseconds
        // A pause that somebody asked for doesn't count as one between two pieces.
        case .paused: lastHeard[event.answer] = nil
        case .notice(let notice) where notice.code == "device_waiting": deviceWaits += 1
        case .notice(let notice) where notice.code == "model_server_failed": failovers += 1
        case .finished(let summary): add("finished", summary, event)
        case .stopped(let summary): add("stopped", summary, event)
        case .failed(let fault, let summary):
            faults[fault.code.rawValue, default: 0] += 1
            add("failed", summary, event)
        default: break
        }
    }

    private mutating func add(_ ending: String, _ summary: Event.Summary, _ event: Event) {
        lastHeard[event.answer] = nil
        endings[ending, default: 0] += 1
        if let text = summary.firstText { firstText.add(text / .seconds(1)) }
        if let sound = summary.firstSound { firstSound.add(sound / .seconds(1)) }
        if let tokens = summary.outputTokens {
            self.tokens += tokens
            if let pace = summary.tokensPerSecond { tokensPerSecond.add(pace) }
        }
        underruns += summary.underruns
        starvations += summary.starvations
        textBytes += summary.textBytes
        sound += summary.sound / .seconds(1)
    }
}

// MARK: - Prometheus

extension Metrics {
    /// What is known only at the moment of asking.
    struct Snapshot: Sendable {
        var version: String
        var isReady: Bool
        var speaker: Speaker?
        var broker: BrokerStatus?
        var status: SchedulerStatus
        var sessions: Int
        var eventReaders: Int
        var queuedSound: QueuedSound
    }

    /// Everything in Prometheus' text format.
    func exposition(_ now: Snapshot, process: ProcessFigures? = .current()) -> String {
        let numbers = current
        var page = Exposition()
        page.family(
            "utter_build_info", .gauge, "The program's version.", by: "version", [(now.version, 1)])
        page.gauge("utter_ready", "Whether an answer would start at once.", now.isReady ? 1 : 0)
        page.gauge(
            "utter_speaker_present", "Whether the speaker is connected, as far as that is known.",
            now.speaker?.state == .absent ? 0 : 1)
        page.gauge(
            "utter_speaker_audible", "Whether it is connected, and neither muted nor at zero in its mixer.",
            now.speaker?.trouble == nil ? 1 : 0)
        page.gauge(
            "utter_mqtt_connected", "Whether the MQTT broker is connected; 0 if none is set.",
            now.broker?.isConnected == true ? 1 : 0)
        page.gauge("utter_speaking", "Whether an answer has the voice.", now.status.speaking == nil ? 0 : 1)
        page.gauge("utter_waiting_requests", "Requests that wait for the voice.", now.status.waiting.count)
        page.gauge("utter_sessions", "Conversations that are kept.", now.sessions)
        page.gauge("utter_event_readers", "Readers of the event stream.", now.eventReaders)
        page.family(
            "utter_answers_total", .counter, "Answers by how they ended.", by: "ending", sorted(numbers.endings))
        page.family(
            "utter_faults_total", .counter, "Answers that failed, by the fault's code.", by: "code",
            sorted(withZeros(Fault.Code.ofAnswers, numbers.faults)))
        page.family(
            "utter_refused_requests_total", .counter, "Requests that were refused, by the fault's code.", by: "code",
            sorted(withZeros([.speakerBusy, .quietHours, .queueFull, .daemonStopping], numbers.refusals)))
        page.histogram(
            "utter_first_text_seconds", "From the request to the first text of its answer.", numbers.firstText)
        page.histogram(
            "utter_first_sound_seconds", "From the request to the first audible sample.", numbers.firstSound)
        page.histogram(
            "utter_piece_gap_seconds", "Silence between two pieces of an answer, as it was heard.", numbers.gap)
        page.histogram(
            "utter_tokens_per_second", "How fast the model wrote, as its server says.", numbers.tokensPerSecond)
        page.counter("utter_output_tokens_total", "Tokens of all answers, as the server says.", numbers.tokens)
        page.counter("utter_text_bytes_total", "Text of all answers, in UTF-8.", numbers.textBytes)
        page.counter("utter_sound_seconds_total", "Sound made, pauses left out.", numbers.sound)
        page.counter(
            "utter_underruns_total", "Times the device ran dry although sound was ready.", numbers.underruns)
        page.counter(
            "utter_starvations_total", "Times the device ran dry because no text was there.", numbers.starvations)
        page.counter(
            "utter_device_waits_total", "Times an answer waited for a device that was away or in use.",
            numbers.deviceWaits)
        page.counter(
            "utter_speech_restarts_total", "Times the voice's process crashed or hung and was started again.",
            numbers.speechRestarts)
        page.counter(
            "utter_model_failovers_total", "Times another model server took over.", numbers.failovers)
        page.family(
            "utter_queued_seconds", .gauge, "Sound that waits: for the voice (estimated), for the listener.",
            by: "stage",
            [("speech", now.queuedSound.speech.inSeconds), ("playback", now.queuedSound.playback.inSeconds)])
        if let process { Self.write(process, to: &page) }
        return page.text
    }

    /// Under the names that Prometheus' client libraries use.
    private static func write(_ process: ProcessFigures, to page: inout Exposition) {
        page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.", process.residentBytes)
        page.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", process.virtualBytes)
        page.gauge("process_threads", "Threads of the process.", process.threads)
        page.gauge("process_open_fds", "Number of open file descriptors.", process.openDescriptors)
        page.counter(
            "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", process.processorSeconds)
    }

    private func sorted(_ numbers: [String: Int]) -> [(String, Int)] {
        numbers.sorted { $0.key < $1.key }
    }

    /// Adds a zero for codes that have not occurred: a series that begins with 1 shows no increase.
    private func withZeros(_ codes: [Fault.Code], _ numbers: [String: Int]) -> [String: Int] {
        numbers.merging(codes.map { ($0.rawValue, 0) }) { count, _ in count }
    }
}

extension Fault.Code {
    /// The codes with which an answer from the daemon can fail.
    fileprivate static let ofAnswers = allCases.filter { code in
        ["model_", "answer_", "voice_", "speech_", "sound_", "device_", "internal_"]
            .contains { code.rawValue.hasPrefix($0) }
    }
}
