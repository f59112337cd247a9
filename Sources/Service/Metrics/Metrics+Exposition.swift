// SPDX-License-Identifier: GPL-3.0-or-later

package import Host

extension Metrics {
    /// What is known only at the moment of asking.
    package struct Snapshot: Sendable {
        package var version: String
        package var isReady: Bool
        package var isSpeaking: Bool
        package var waiting: Int
        package var sessions: Int
        package var eventReaders: Int

        package init(
            version: String, isReady: Bool, isSpeaking: Bool, waiting: Int, sessions: Int, eventReaders: Int
        ) {
            self.version = version
            self.isReady = isReady
            self.isSpeaking = isSpeaking
            self.waiting = waiting
            self.sessions = sessions
            self.eventReaders = eventReaders
        }
    }

    /// Everything in Prometheus' text format.
    package func exposition(_ now: Snapshot, process: ProcessFigures? = .current()) -> String {
        let numbers = current
        var page = Exposition()
        page.family(
            "utter_build_info", .gauge, "The program's version.", by: "version", [(now.version, 1)])
        page.gauge("utter_ready", "Whether an answer would start at once.", now.isReady ? 1 : 0)
        page.gauge("utter_speaking", "Whether an answer has the voice.", now.isSpeaking ? 1 : 0)
        page.gauge("utter_waiting_requests", "Requests that wait for the voice.", now.waiting)
        page.gauge("utter_sessions", "Conversations that are kept.", now.sessions)
        page.gauge("utter_event_readers", "Readers of the event stream.", now.eventReaders)
        page.family(
            "utter_answers_total", .counter, "Answers by how they ended.", by: "ending", sorted(numbers.endings))
        page.family(
            "utter_faults_total", .counter, "Answers that failed, by the fault's code.", by: "code",
            sorted(numbers.faults))
        page.family(
            "utter_refused_requests_total", .counter, "Requests that were refused, by the fault's code.", by: "code",
            sorted(numbers.refusals))
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
        page.family(
            "utter_queued_seconds", .gauge, "Sound that waits: for the voice (estimated), for the listener.",
            by: "stage",
            [("speech", numbers.queued.secondsBeforeSpeech), ("playback", numbers.queued.secondsBeforeListener)])
        process?.write(to: &page)
        return page.text
    }

    private func sorted(_ numbers: [String: Int]) -> [(String, Int)] {
        numbers.sorted { $0.key < $1.key }
    }
}
