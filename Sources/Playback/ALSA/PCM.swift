// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Glibc
import Utterance

/// An open alsa-lib playback device, non-blocking and prepared. It is closed when the value is destroyed.
///
/// To be used by one thread. Mono, signed 16 bit; the plug layer converts to anything else the device needs.
@safe
struct PCM: ~Copyable {
    private let handle: OpaquePointer
    /// The name that it was opened by: the device's, or that of the device behind a converter.
    let name: String
    /// In frames.
    let periodSize: Int

    /// What a device is doing at the moment.
    enum State: Equatable {
        /// Ready; starts with the first frames.
        case prepared
        /// `delay`: the number of frames until the next one to be written is heard.
        case running(delay: Int)
        /// It played everything it had and stopped. The delay that it reports then is meaningless.
        case dry
        case suspended
        case failed(ALSAError)
    }

    private init(handle: OpaquePointer, name: String, periodSize: Int) {
        unsafe self.handle = unsafe handle
        self.name = name
        self.periodSize = periodSize
    }

    deinit {
        unsafe snd_pcm_close(handle)
    }

    /// Opens `name` and prepares it for sound of this format.
    static func open(
        _ name: String, format: PCMFormat, bufferTime: Duration, periodTime: Duration
    ) throws(OpeningError) -> PCM {
        var opened: OpaquePointer?
        let result = unsafe snd_pcm_open(&opened, name, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK)
        guard result >= 0, let handle = unsafe opened else { throw .open(ALSAError(code: result)) }
        do {
            let period = unsafe try setHardware(
                handle, format: format, bufferTime: bufferTime, periodTime: periodTime)
            unsafe try setSoftware(handle, period: period)
            return unsafe PCM(handle: handle, name: name, periodSize: Int(period))
        } catch {
            unsafe snd_pcm_close(handle)
            throw error
        }
    }

    /// The step at which opening failed.
    enum OpeningError: Error, Hashable {
        case open(ALSAError)
        /// The device doesn't accept mono, signed 16 bit at this rate.
        case formatRefused(ALSAError)
        case setUp(ALSAError)
    }

    /// Writes frames to the device, which starts once it has a period.
    ///
    /// - Returns: how many it accepted; 0 if its buffer is full.
    /// - Throws: ``ALSAError/dry``, ``ALSAError/suspended``, or that the device is gone.
    func write(_ samples: Span<Int16>) throws(ALSAError) -> Int {
        let written = unsafe samples.withUnsafeBufferPointer {
            unsafe snd_pcm_writei(handle, $0.baseAddress, snd_pcm_uframes_t($0.count))
        }
        if written == -Int(EAGAIN) { return 0 }
        return Int(try ALSAError.check(CInt(written)))
    }

    /// Checks the device.
    func state() -> State {
        var delay: snd_pcm_sframes_t = 0
        var result: CInt = 0
        if unsafe snd_pcm_state(handle) == SND_PCM_STATE_RUNNING {
            // The query itself may reveal that it is dry.
            result = unsafe snd_pcm_delay(handle, &delay)
        }
        switch unsafe snd_pcm_state(handle) {
        case SND_PCM_STATE_RUNNING:
            if result == -EPIPE { return .dry }
            return result < 0 ? .failed(ALSAError(code: result)) : .running(delay: Int(delay))
        case SND_PCM_STATE_PREPARED: return .prepared
        case SND_PCM_STATE_XRUN: return .dry
        case SND_PCM_STATE_SUSPENDED: return .suspended
        case SND_PCM_STATE_DISCONNECTED: return .failed(ALSAError(code: -ENODEV))
        default: return .failed(ALSAError(code: -EBADFD))
        }
    }

    /// Starts to play with less than a period.
    func start() throws(ALSAError) {
        try ALSAError.check(unsafe snd_pcm_start(handle))
    }

    /// Silences the device at once; what it had is lost. ``prepare()`` makes it ready again.
    func drop() {
        // It fails only if there is nothing to drop.
        unsafe snd_pcm_drop(handle)
    }

    /// Makes a dry or dropped device ready.
    func prepare() throws(ALSAError) {
        try ALSAError.check(unsafe snd_pcm_prepare(handle))
    }

    /// Wakes a suspended device.
    ///
    /// - Returns: `false` if it is not awake yet.
    /// - Throws: if it can't continue from where it was, and must be prepared again.
    func resume() throws(ALSAError) -> Bool {
        let result = unsafe snd_pcm_resume(handle)
        if result == -EAGAIN { return false }
        try ALSAError.check(result)
        // alsa-lib reports that plug-ins woke up, whatever they did.
        guard unsafe snd_pcm_state(handle) != SND_PCM_STATE_SUSPENDED else { throw .suspended }
        return true
    }

    /// The descriptors to poll; they don't change while the device is open.
    func pollDescriptors() throws(ALSAError) -> [pollfd] {
        let count = try ALSAError.check(unsafe snd_pcm_poll_descriptors_count(handle))
        var descriptors = [pollfd](repeating: pollfd(), count: Int(count))
        let filled = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe snd_pcm_poll_descriptors(handle, $0.baseAddress, UInt32($0.count))
        }
        try ALSAError.check(filled)
        return descriptors
    }

    /// Lets alsa-lib process what poll returned; some plug-ins only clear their wake-up then.
    func acknowledge(_ descriptors: UnsafeMutableBufferPointer<pollfd>) {
        var events: UInt16 = 0
        unsafe snd_pcm_poll_descriptors_revents(handle, descriptors.baseAddress, UInt32(descriptors.count), &events)
    }
}
