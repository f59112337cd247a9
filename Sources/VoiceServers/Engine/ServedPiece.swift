// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import SoundCoding
import Speech
import Utterance

/// A piece while its parts are spoken, one after the other, by servers and by another engine.
struct ServedPiece {
    /// Between two parts: short, as between words, since the sentence goes on.
    private static let gap = Duration.milliseconds(60)
    /// How much sound the sink gets at a time.
    private static let portion = Duration.seconds(1)

    private let base: any SpeechEngine
    private let baseParameters: VoiceParameters
    private let parameters: VoiceParameters
    private let clock: any MomentClock
    private let sink: SpeechSink
    private let format: PCMFormat
    /// When the sound that has been made ends; `nil` if nobody waits for it.
    private var soundEnd: Moment?
    /// Runs for the other engine, which takes them together.
    private var left: [SpokenRun] = []
    /// UTF-8 bytes of the piece before the next part.
    private var offset = 0
    private var frames = 0
    private var notices: [Notice] = []
    private var estimatesWords = false
    private(set) var isWanted = true

    init(
        base: any SpeechEngine, baseParameters: VoiceParameters, parameters: VoiceParameters, ahead: Duration?,
        clock: any MomentClock, sink: @escaping SpeechSink
    ) {
        self.base = base
        self.baseParameters = baseParameters
        self.parameters = parameters
        self.clock = clock
        self.sink = sink
        format = base.expectedFormat(baseParameters)
        soundEnd = ahead.map { clock.now.advanced(by: $0) }
    }

    /// The sound that is still to be heard; `nil` if nobody waits for it.
    var ahead: Duration? { soundEnd.map { max(.zero, clock.now.duration(to: $0)) } }

    var synthesis: Synthesis {
        Synthesis(
            frames: frames, format: format, isComplete: isWanted, notices: notices, estimatesWords: estimatesWords)
    }

    mutating func add(_ notice: Notice) {
        if !notices.contains(notice) { notices.append(notice) }
    }

    /// Leaves a run to the other engine.
    mutating func leave(_ run: SpokenRun) {
        left.append(run)
    }

    /// Has the other engine speak what was left to it.
    ///
    /// - Throws: what it throws.
    mutating func flush() async throws {
        guard !left.isEmpty, isWanted else { return }
        let runs = left
        left = []
        guard await give(gapBefore: frames) else { return }
        let (before, shift) = (frames, offset)
        let synthesis = try await base.synthesize(runs, baseParameters) { [sink] samples, format, words in
            sink(
                samples, format,
                words.map { word in
                    let spoken = word.spoken.lowerBound + shift..<word.spoken.upperBound + shift
                    return WordMark(frame: word.frame + before, spoken: spoken)
                })
        }
        note(synthesis.frames)
        offset += runs.reduce(0) { $0 + $1.text.utf8.count }
        isWanted = isWanted && synthesis.isComplete
        for notice in synthesis.notices { add(notice) }
    }

    /// Has a server speak a part of the piece.
    ///
    /// - Throws: ``VoiceServerFailure``, and nothing of the part was heard; what the other engine throws.
    mutating func speak(_ text: String, by known: KnownServer, voice: String?) async throws {
        try await flush()
        guard isWanted else { return }
        // Servers report an error for a text that has no sound, such as "…".
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
            offset += text.utf8.count
            return
        }
        let usual = VoiceParameters.usualTime(of: text)
        let limit = known.state.current.limit(usual, ahead: ahead, at: clock.now)
        let sound: ServedSound
        do {
            sound = try await known.fetch(text, voice: voice, within: limit)
        } catch let failure as VoiceServerFailure {
            throw failure
        } catch {
            isWanted = false
            return
        }
        await deliver(sound, of: text)
        offset += text.utf8.count
    }

    private mutating func deliver(_ sound: ServedSound, of text: String) async {
        let samples = finished(sound)
        guard await give(gapBefore: frames) else { return }
        let marks = EstimatedWords.marks(of: text, at: offset, from: frames, frames: samples.count)
        estimatesWords = true
        isWanted = await Self.give(
            samples, marks, from: frames, portion: format.frames(in: Self.portion), format, sink)
        note(samples.count)
    }

    /// The sound as it is played.
    private func finished(_ sound: ServedSound) -> [Int16] {
        let rate = sound.coding?.rate ?? format.rate
        let trimmed = Levelling(sound.samples, rate: rate).trimmed
        let converted = SoundConversion.resampled(trimmed, from: rate, to: format.rate)
        let speed = Double(parameters.rate) / Double(VoiceParameters().rate)
        let stretched = SoundConversion.stretched(converted, rate: format.rate, speed: speed)
        return Levelling(stretched, rate: format.rate).levelled(volume: parameters.volume)
    }

    private mutating func note(_ count: Int) {
        frames += count
        soundEnd = soundEnd.map { max($0, clock.now).advanced(by: format.duration(ofFrames: count)) }
    }

    private mutating func give(gapBefore frames: Int) async -> Bool {
        guard frames > 0 else { return isWanted }
        let silence = [Int16](repeating: 0, count: format.frames(in: Self.gap))
        isWanted = await Self.give(silence, [], from: frames, portion: silence.count, format, sink)
        note(silence.count)
        return isWanted
    }

    /// The sink may wait, as for a pipe, so it is called on the thread of speech.
    ///
    /// - Returns: whether more is wanted.
    @SpeechThread
    private static func give(
        _ samples: [Int16], _ marks: [WordMark], from frame: Int, portion: Int, _ format: PCMFormat, _ sink: SpeechSink
    ) -> Bool {
        var marks = marks[...]
        var start = 0
        while start < samples.count {
            guard !Task.isCancelled else { return false }
            let end = min(start + portion, samples.count)
            let words = marks.prefix { $0.frame < frame + end }
            marks = marks.dropFirst(words.count)
            guard sink(samples.span.extracting(start..<end), format, Array(words)) else { return false }
            start = end
        }
        return !Task.isCancelled
    }
}
