// SPDX-License-Identifier: GPL-3.0-or-later
import CESpeakNG
import Glibc

@SpeechThread
extension VoiceCatalogue {
    /// What eSpeak NG, once started, finds in its data. It reads some 130 files for it: 4 ms.
    static func installed() -> VoiceCatalogue {
        unsafe VoiceCatalogue(voices: listVoices(matching: nil))
    }

    /// What may follow a voice after `+`, such as `f3`.
    static func installedVariants() -> [String] {
        unsafe "variant".withCString { language in
            var wanted = unsafe espeak_VOICE()
            unsafe wanted.languages = unsafe language
            return unsafe listVoices(matching: &wanted).map(\.file)
        }
    }

    private static func listVoices(matching wanted: UnsafeMutablePointer<espeak_VOICE>?) -> [Voice] {
        guard var entry = unsafe espeak_ListVoices(wanted) else { return [] }
        var voices: [Voice] = []
        while let voice = unsafe entry.pointee {
            unsafe voices.append(Voice(voice.pointee))
            unsafe entry += 1
        }
        return voices
    }
}

extension Voice {
    fileprivate init(_ voice: espeak_VOICE) {
        let gender: Gender =
            switch unsafe voice.gender {
            case 1: .male
            case 2: .female
            default: .unspecified
            }
        unsafe self.init(
            name: String(cString: voice.name).trimmingBlanks, identifier: String(cString: voice.identifier),
            gender: gender,
            languages: Self.languages(voice.languages))
    }

    /// eSpeak NG's list: a byte of priority and a zero-ended tag each, ended by a priority of zero.
    private static func languages(_ list: UnsafePointer<CChar>?) -> [Language] {
        guard var next = unsafe list else { return [] }
        var languages: [Language] = []
        while unsafe next.pointee != 0 {
            let tag = unsafe String(cString: next + 1)
            unsafe languages.append(Language(tag: tag.lowercased(), priority: Int(next.pointee)))
            // Not the length of `tag`, which differs if it was no UTF-8.
            unsafe next += strlen(next + 1) + 2
        }
        return languages
    }
}
