// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
package import Utterance

/// eSpeak NG, on its own thread or in its own process.
package final class ESpeakEngine: SpeechEngine {
    package let name: String
    package let voices: [Voice]

    private let library: any SpeechLibrary
    private let format: PCMFormat
    private let catalogue: VoiceCatalogue
    private let version: String
    /// The voices for the parameters that were used last.
    private let latest = Mutex<Latest?>(nil)

    private struct Latest {
        /// An answer has two or three languages, but tags may come from settings and from text.
        static let mostVoices = 64

        let parameters: VoiceParameters
        let choice: VoiceChoice
        /// By language tag.
        var voices: [String: VoiceChoice.Choice] = [:]
    }

    /// Starts eSpeak NG, if it is not running yet.
    ///
    /// - Parameter parameters: their voice is loaded, so that the first sentence doesn't have to wait for it.
    /// - Throws: `Fault(.speechFailed)` if eSpeak NG can't find its data, `Fault(.voiceUnknown)` if the parameters name
    ///   a voice that is not installed.
    @SpeechThread
    package static func start(_ parameters: VoiceParameters = VoiceParameters()) throws -> ESpeakEngine {
        try start(ESpeak.start(), parameters)
    }

    /// Starts eSpeak NG in its own process, which is restarted whenever it crashes or hangs.
    ///
    /// - Parameters:
    ///   - arguments: a program's path, and the arguments that make it call ``SpeechServer/run()``.
    ///   - restarted: called with what ended a process, such as `signal 11`, whenever a new one replaces it.
    /// - Throws: the same as ``start(_:)``.
    @SpeechThread
    package static func startProcess(
        _ arguments: [String], _ parameters: VoiceParameters = VoiceParameters(),
        restarted: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> ESpeakEngine {
        try start(ESpeakProcess(arguments, restarted: restarted), parameters)
    }

    @SpeechThread
    static func start(_ library: any SpeechLibrary, _ parameters: VoiceParameters) throws -> ESpeakEngine {
        let engine = ESpeakEngine(library)
        try library.prepare(
            voice: engine.choice(parameters).choice(for: parameters.language).name,
            settings: ESpeak.Settings(parameters))
        return engine
    }

    @SpeechThread
    private init(_ library: any SpeechLibrary) {
        self.library = library
        format = library.format
        catalogue = library.catalogue
        voices = library.catalogue.voices
        version = library.version
        name = "eSpeak NG \(version)"
    }

    package var abilities: SpeechAbilities { [.rate, .pitch, .volume, .wordMarks] }

    package func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat { format }

    package func check(_ parameters: VoiceParameters) throws(Fault) {
        _ = try choice(parameters)
    }

    package func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        guard let choice = try? choice(parameters, for: language) else {
            return ChosenVoice(voices[0], isSubstitute: true)
        }
        return ChosenVoice(choice.voice, isSubstitute: choice.isSubstitute)
    }

    package func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String {
        guard let choice = try? choice(parameters, for: run.language) else { return run.text }
        return readings(of: choice).map { PinyinSyllables.shown($0.applied(to: run.text)) } ?? run.text
    }

    private func choice(_ parameters: VoiceParameters) throws(Fault) -> VoiceChoice {
        if let latest = latest.withLock({ $0 }), latest.parameters == parameters { return latest.choice }
        let choice = try VoiceChoice(parameters, catalogue: catalogue, variants: { catalogue.variants })
        latest.withLock { $0 = Latest(parameters: parameters, choice: choice) }
        return choice
    }

    /// The voice for a run's language, cached: finding it among all voices takes longer than synthesizing the run.
    private func choice(_ parameters: VoiceParameters, for language: String) throws(Fault) -> VoiceChoice.Choice {
        let known = latest.withLock { $0?.parameters == parameters ? $0?.voices[language] : nil }
        if let known { return known }
        let voice = try choice(parameters).choice(for: language)
        latest.withLock { latest in
            if latest?.parameters == parameters, latest?.voices.count ?? 0 < Latest.mostVoices {
                latest?.voices[language] = voice
            }
        }
        return voice
    }

    @SpeechThread
    package func respond() {}

    @SpeechThread
    package func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) throws -> Synthesis {
        do {
            return try speak(runs, parameters, into: sink)
        } catch let fault as Fault {
            throw SpeechFault.engine(fault)
        }
    }

    /// Sound arrives in chunks of about 60 ms.
    @SpeechThread
    private func speak(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, into sink: @escaping SpeechSink
    ) throws -> Synthesis {
        let choice = try choice(parameters)
        let sound = PieceSound(format: format) { [format] in sink($0, format, $1) }
        var notices: [Notice] = []
        var offset = 0
        for run in runs where sound.isWanted {
            let voice = choice.choice(for: run.language)
            let leftOut = run.text.scripts(leftOutBy: voice.script)
            if !leftOut.isEmpty {
                notices.append(.textLeftOut(leftOut))
            } else if voice.isSubstitute {
                let notice = Notice.missingVoice(for: run.language, substitute: voice.voice)
                if !notices.contains(notice) { notices.append(notice) }
            }
            if try !speak(run.text, at: offset, by: voice, ESpeak.Settings(parameters), into: sound) {
                notices.append(.textLeftOutAfterCrash)
            }
            offset += run.text.utf8.count
        }
        return Synthesis(frames: sound.frames, format: format, isComplete: sound.isWanted, notices: notices)
    }

    /// Speaks a run. If eSpeak NG crashes, the rest is tried once more from the next word on, with only letters, digits
    /// and sentence punctuation.
    ///
    /// - Returns: `false` if it crashed again; then the rest of the run is left out.
    @SpeechThread
    private func speak(
        _ text: String, at offset: Int, by voice: VoiceChoice.Choice, _ settings: ESpeak.Settings,
        into sound: PieceSound
    ) throws -> Bool {
        var given = speakable(text, by: voice)
        for isRepeated in [false, true] {
            let syllables = PinyinSyllables(given)
            sound.beginRun(text, at: offset, with: syllables)
            do {
                try library.speak(syllables.text, voice: voice.name, settings: settings, into: sound)
                sound.endRun()
                return true
            } catch is SpeechCrash {
                sound.endRun()
                if isRepeated || !sound.isWanted { return !sound.isWanted }
                let said = text.utf8.index(text.startIndex, offsetBy: max(0, sound.lastWordEnd - offset))
                given = given.plain(after: text.unicodeScalars.distance(from: text.startIndex, to: said))
            }
        }
        return false
    }

    /// How `text` is said, in eSpeak NG's phoneme names; `(en)` marks a change to an English voice. For tests.
    ///
    /// - Parameter isPinyin: whether the text is pinyin, which the Mandarin voice can read but is otherwise never
    ///   given.
    @SpeechThread
    package func phonemes(
        of text: String, language: String, _ parameters: VoiceParameters = VoiceParameters(), isPinyin: Bool = false
    ) throws -> String {
        let voice = try choice(parameters).choice(for: language)
        let library = try ESpeak.start()
        try library.use(voice: voice.name, settings: ESpeak.Settings(parameters))
        return try library.phonemes(of: isPinyin ? text : PinyinSyllables(speakable(text, by: voice)).text)
    }

    private func speakable(_ text: String, by voice: VoiceChoice.Choice) -> String {
        let symbols = VoiceSymbols(language: voice.voice.language, version: version)
        let text = readings(of: voice)?.applied(to: text) ?? text
        return text.speakable(in: voice.script, says: symbols.contains)
    }

    private func readings(of voice: VoiceChoice.Choice) -> ChineseReadings? {
        let language = voice.voice.language
        return language == "zh" || language.hasPrefix("cmn") ? ChineseReadings(version: version) : nil
    }
}

extension ESpeak.Settings {
    fileprivate init(_ parameters: VoiceParameters) {
        self.init(
            rate: parameters.rate, pitch: parameters.pitch, volume: parameters.volume,
            wordGapMilliseconds: parameters.wordGapMilliseconds)
    }
}
