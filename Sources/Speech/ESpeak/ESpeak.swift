// SPDX-License-Identifier: GPL-3.0-or-later
import CESpeakNG
import Synchronization
import Utterance

/// eSpeak NG's C interface, with Swift types.
///
/// It is started once and never shut down: its few megabytes are needed until the process exits, and it has no state to
/// save.
@SpeechThread
final class ESpeak: SpeechLibrary {
    /// The version, such as `1.51`.
    let version: String
    let format: PCMFormat
    let catalogue: VoiceCatalogue

    private static var running: ESpeak?
    /// The current voice; setting it again would take milliseconds.
    private var voice: String?
    /// The settings on top of the voice; `nil` if a new voice may have changed them.
    private var settings: Settings?

    /// Returns the library; the first call starts it.
    ///
    /// - Throws: `Fault(.speechFailed)` if eSpeak NG can't find its data.
    static func start() throws -> ESpeak {
        if let running { return running }
        let library = try ESpeak()
        running = library
        return library
    }

    private init() throws {
        // Without this option, the library would exit the process. 60 ms of sound take a tenth of a millisecond.
        let rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 60, nil, Int32(espeakINITIALIZE_DONT_EXIT))
        var path: UnsafePointer<CChar>?
        let version = unsafe espeak_Info(&path)
        self.version = unsafe version.map { unsafe String(cString: $0) } ?? ""
        let data = unsafe path.map { unsafe String(cString: $0) } ?? ""
        let catalogue = rate > 0 ? VoiceCatalogue.installed(in: data) : VoiceCatalogue(voices: [])
        guard !catalogue.voices.isEmpty else {
            throw Fault(
                .speechFailed,
                "eSpeak NG cannot find its voices: install them with `apt install espeak-ng-data`, or set "
                    + "ESPEAK_DATA_PATH to the directory that contains espeak-ng-data.")
        }
        self.catalogue = catalogue
        format = PCMFormat(rate: Int(rate))
        unsafe espeak_SetSynthCallback { samples, count, events in
            unsafe ESpeak.deliver(samples: samples, count: Int(count), events: events)
        }
    }

    // MARK: Settings

    /// eSpeak NG's numeric settings.
    struct Settings: Equatable {
        var rate: Int
        var pitch: Int
        var volume: Int
        var wordGapMilliseconds: Int
    }

    /// Sets the voice and settings for the next text.
    ///
    /// - Parameter voice: an identifier, optionally followed by a variant: `gmw/en-US+f3`.
    func use(voice: String, settings: Settings) throws {
        try load(voice: voice)
        guard settings != self.settings else { return }
        self.settings = settings
        espeak_SetParameter(espeakRATE, Int32(settings.rate), 0)
        espeak_SetParameter(espeakPITCH, Int32(settings.pitch), 0)
        espeak_SetParameter(espeakVOLUME, Int32(settings.volume), 0)
        espeak_SetParameter(espeakWORDGAP, Int32(settings.wordGapMilliseconds / 10), 0)
    }

    private func load(voice: String) throws {
        guard voice != self.voice else { return }
        // A voice that can't be loaded may overwrite part of the current one.
        self.voice = nil
        guard unsafe espeak_SetVoiceByName(voice) == EE_OK else {
            throw Fault(
                .speechFailed, "eSpeak NG cannot load its voice \(voice): reinstall the package espeak-ng-data.")
        }
        self.voice = voice
        // eSpeak NG 1.51 keeps the last voice's pace until the rate is set again.
        settings = nil
    }

    // MARK: Speaking

    func prepare(voice: String, settings: Settings) throws {
        try use(voice: voice, settings: settings)
    }

    func speak(_ text: String, voice: String, settings: Settings, into sound: any ESpeakSound) throws {
        try use(voice: voice, settings: settings)
        try speak(text, into: sound)
    }

    /// Synthesizes `text` with the current voice and settings.
    func speak(_ text: String, into sound: any ESpeakSound) throws {
        let context = Context(sound: sound)
        let result = withExtendedLifetime(context) {
            unsafe espeak_Synth(
                text, text.utf8.count + 1, 0, POS_CHARACTER, 0, UInt32(espeakCHARS_UTF8), nil,
                Unmanaged.passUnretained(context).toOpaque())
        }
        guard result == EE_OK || !sound.isWanted else {
            throw SpeechFault.text(Fault(.speechFailed, "eSpeak NG could not speak (error \(result.rawValue))."))
        }
    }

    /// The callback's context.
    private final class Context {
        let sound: any ESpeakSound

        init(sound: any ESpeakSound) { self.sound = sound }
    }

    /// eSpeak NG's callback. Words come first, since they begin in the samples that come with them.
    ///
    /// Runs inside `espeak_Synth`. The return value ends the synthesis, since `espeak_Cancel` is reported broken on
    /// ARM64.
    private nonisolated static func deliver(
        samples: UnsafeMutablePointer<Int16>?, count: Int, events: UnsafeMutablePointer<espeak_EVENT>?
    ) -> CInt {
        guard var event = unsafe events, let context = unsafe event.pointee.user_data else { return 0 }
        let sound = unsafe Unmanaged<Context>.fromOpaque(context).takeUnretainedValue().sound
        while unsafe event.pointee.type != espeakEVENT_LIST_TERMINATED {
            if unsafe event.pointee.type == espeakEVENT_WORD {
                unsafe sound.receive(WordEvent(event.pointee))
            }
            unsafe event += 1
        }
        let samples = unsafe UnsafeBufferPointer(start: samples, count: samples == nil ? 0 : count)
        return unsafe sound.receive(samples.span) ? 0 : 1
    }

    /// How the current voice says `text`, in eSpeak NG's phoneme names. A change of language inside is marked, as in
    /// `(en)`. For tests.
    ///
    /// The text is synthesized, and the sound is thrown away. `espeak_TextToPhonemes` needs no sound, but disturbs the
    /// library's state: later words lose their events, and with some texts 1.50 and 1.51 then crash in a quarter of the
    /// runs.
    func phonemes(of text: String) throws -> String {
        Self.spokenPhonemes.withLock { $0 = [] }
        unsafe espeak_SetPhonemeCallback { clause in
            guard let clause = unsafe clause else { return 0 }
            let phonemes = unsafe String(cString: clause)
            ESpeak.spokenPhonemes.withLock { $0.append(phonemes) }
            return 0
        }
        defer { espeak_SetPhonemeCallback(nil) }
        try speak(text, into: PieceSound(format: format) { _, _ in true })
        return Self.spokenPhonemes.withLock { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// One for each clause of ``phonemes(of:)``. Static, since eSpeak NG's callback has no context argument.
    private static nonisolated let spokenPhonemes = Mutex<[String]>([])
}

extension WordEvent {
    // `sample` counts from the beginning of the text, like `audio_position`, which is in whole milliseconds.
    fileprivate init(_ event: espeak_EVENT) {
        unsafe self.init(
            position: Int(event.text_position), length: Int(event.length), frame: Int(event.sample))
    }
}
