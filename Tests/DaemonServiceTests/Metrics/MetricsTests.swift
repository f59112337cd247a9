// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import Pipeline
import TestSupport
import Testing
import Utterance

@testable import DaemonService

private let promtool = InstalledProgram("promtool")

@Suite("Metrics")
struct MetricsTests {
    private static let snapshot = Metrics.Snapshot(
        version: "1.2.3", isReady: true, speaker: Speaker(.muted, device: "default"),
        status: SchedulerStatus(
            speaking: "a", isPaused: false, waiting: ["b", "c"], suspended: [], counts: .init()),
        sessions: 3, eventReaders: 4, queuedSound: QueuedSound(speech: .seconds(5), playback: .milliseconds(1500)))

    /// An answer of two pieces, the second heard 0.2 s after the first.
    private static let answer: [(Double, Event.Kind)] = {
        var summary = Event.Summary()
        summary.firstText = .milliseconds(300)
        summary.firstSound = .milliseconds(320)
        summary.pieces = 2
        summary.sound = .seconds(3)
        summary.textBytes = 40
        summary.underruns = 1
        summary.starvations = 2
        summary.add(tokens: 10, generation: .seconds(1))
        return [
            (0, .accepted), (300, .firstText),
            (310, .piece(index: 0, text: "One.", spoken: "One.", voice: "en-us", start: 0, end: 4)),
            (315, .synthesized(index: 0, duration: .seconds(1))), (320, .soundStart(index: 0)),
            (400, .piece(index: 1, text: "Two.", spoken: "Two.", voice: "en-us", start: 5, end: 9)),
            (1320, .heard(index: 0)), (1520, .soundStart(index: 1)),
            (1521, .synthesized(index: 1, duration: .seconds(2))), (3520, .heard(index: 1)),
            (3521, .finished(summary)),
        ]
    }()

    private func metrics(_ events: some Sequence<(Double, Event.Kind)>) -> Metrics {
        let metrics = Metrics()
        for (index, event) in events.enumerated() {
            metrics.note(Event(answer: "a", sequence: index, milliseconds: event.0, kind: event.1))
        }
        return metrics
    }

    @Test("count what an answer came to")
    func answer() {
        let numbers = metrics(Self.answer).current
        #expect(numbers.endings == ["finished": 1, "stopped": 0, "failed": 0])
        #expect(numbers.firstSound.sum == 0.32)
        #expect(numbers.gap.count == 1)
        #expect(abs(numbers.gap.sum - 0.2) < 1e-9)
        #expect(numbers.underruns == 1)
        #expect(numbers.starvations == 2)
        #expect(numbers.tokensPerSecond.sum == 10)
    }

    @Test("count faults and refusals by their code")
    func faults() {
        let fault = Fault(.modelBusy, "Busy.")
        let metrics = metrics([(0, .accepted), (5, .failed(fault, Event.Summary()))])
        metrics.note(refused: Fault(.queueFull, "Full."))
        let numbers = metrics.current
        #expect(numbers.faults == ["model_busy": 1])
        #expect(numbers.refusals == ["queue_full": 1])
        #expect(numbers.endings["failed"] == 1)
        let page = metrics.exposition(Self.snapshot).split(separator: "\n")
        #expect(page.contains(#"utter_faults_total{code="model_busy"} 1"#))
        #expect(page.contains(#"utter_refused_requests_total{code="queue_full"} 1"#))
    }

    @Test("have a zero for faults that have not occurred yet")
    func zeros() {
        let page = Metrics().exposition(Self.snapshot).split(separator: "\n")
        for code in ["model_unreachable", "device_missing", "speech_failed", "answer_empty", "sound_invalid"] {
            #expect(page.contains(Substring("utter_faults_total{code=\"\(code)\"} 0")))
        }
        for code in ["speaker_busy", "quiet_hours"] {
            #expect(page.contains(Substring("utter_refused_requests_total{code=\"\(code)\"} 0")))
        }
    }

    @Test("tell how much sound waits at each stage, and what else is known at the moment")
    func snapshot() {
        let lines = metrics(Self.answer).exposition(Self.snapshot).split(separator: "\n")
        for line in [
            #"utter_queued_seconds{stage="speech"} 5.0"#, #"utter_queued_seconds{stage="playback"} 1.5"#,
            "utter_speaking 1", "utter_speaker_present 1", "utter_speaker_audible 0",
            "utter_waiting_requests 2", "utter_sessions 3", "utter_event_readers 4",
        ] { #expect(lines.contains(Substring(line))) }
    }

    @Test("are all that the dashboard shows, and the table of docs/metrics.md")
    func documented() throws {
        let metrics = metrics(Self.answer)
        metrics.note(refused: Fault(.queueFull, "Full."))
        let page = metrics.exposition(Self.snapshot)
        let families = Set(page.matches(of: /TYPE (\w+) \w/).map { String($0.output.1) })
        let docs = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined() + "/docs"
        let dashboard = String(decoding: try #require(readFile("\(docs)/grafana-dashboard.json")), as: UTF8.self)
        let shown = Set(
            dashboard.matches(of: /\b((?:utter|process)_\w+)\b/).map {
                $0.output.1.hasSuffix("_bucket") ? String($0.output.1.dropLast(7)) : String($0.output.1)
            })
        #expect(shown.count > 10)
        #expect(shown.subtracting(families) == [])
        let table = String(decoding: try #require(readFile("\(docs)/metrics.md")), as: UTF8.self)
        let explained = Set(table.matches(of: /`((?:utter|process)_\w+)/).map { String($0.output.1) })
        #expect(explained == families)
    }

    @Test("put each value into the first bucket that holds it")
    func buckets() {
        var histogram = Histogram([1, 2])
        for value in [0.5, 1, 1.5, 9] { histogram.add(value) }
        #expect(histogram.cumulative.map(\.count) == [2, 3])
        #expect(histogram.count == 4)
        #expect(histogram.sum == 12)
    }

    @Test("escape what a label may not hold")
    func labels() {
        var page = Exposition()
        page.family("f", .gauge, "Help.", by: "l", [("a\"b\\c\nd", 1)])
        #expect(page.text.hasSuffix(#"f{l="a\"b\\c\nd"} 1"# + "\n"))
    }

    @Test("are what promtool wants", .enabled(if: promtool.isInstalled, "promtool is missing (apt install prometheus)"))
    func format() async throws {
        let metrics = metrics(Self.answer)
        metrics.note(refused: Fault(.queueFull, "Full."))
        let (succeeded, printed) = try await promtool.run(
            ["check", "metrics"], input: metrics.exposition(Self.snapshot))
        #expect(succeeded)
        #expect(printed == "")
    }
}
