// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA
import Utterance

extension PCM {
    /// Sets format, rate, buffer and period. The last two are always set: a plug-in's defaults come to minutes.
    ///
    /// - Returns: the period, in frames.
    static func setHardware(
        _ handle: OpaquePointer, format: PCMFormat, bufferTime: Duration, periodTime: Duration
    ) throws(OpeningError) -> snd_pcm_uframes_t {
        var allocated: OpaquePointer?
        guard unsafe snd_pcm_hw_params_malloc(&allocated) >= 0, let parameters = unsafe allocated else {
            throw .setUp(ALSAError(code: -ENOMEM))
        }
        defer { unsafe snd_pcm_hw_params_free(parameters) }

        do throws(ALSAError) {
            try ALSAError.check(unsafe snd_pcm_hw_params_any(handle, parameters))
            try ALSAError.check(
                unsafe snd_pcm_hw_params_set_access(handle, parameters, SND_PCM_ACCESS_RW_INTERLEAVED))
            try ALSAError.check(unsafe snd_pcm_hw_params_set_format(handle, parameters, SND_PCM_FORMAT_S16))
            try ALSAError.check(unsafe snd_pcm_hw_params_set_channels(handle, parameters, 1))
            try ALSAError.check(unsafe snd_pcm_hw_params_set_rate(handle, parameters, UInt32(format.rate), 0))
        } catch {
            throw .formatRefused(error)
        }

        var period = snd_pcm_uframes_t(format.frames(in: periodTime))
        var buffer = snd_pcm_uframes_t(format.frames(in: bufferTime))
        do throws(ALSAError) {
            try ALSAError.check(unsafe snd_pcm_hw_params_set_buffer_size_near(handle, parameters, &buffer))
            try ALSAError.check(unsafe snd_pcm_hw_params_set_period_size_near(handle, parameters, &period, nil))
            // Some devices, such as a PulseAudio sink that doesn't exist, are only looked up here.
            try ALSAError.check(unsafe snd_pcm_hw_params(handle, parameters))
            try ALSAError.check(unsafe snd_pcm_get_params(handle, &buffer, &period))
        } catch {
            throw .setUp(error)
        }
        return period
    }

    /// Sets when it starts, when it wakes us, and that it plays silence after the last frame, not its old buffer.
    static func setSoftware(_ handle: OpaquePointer, period: snd_pcm_uframes_t) throws(OpeningError) {
        var allocated: OpaquePointer?
        guard unsafe snd_pcm_sw_params_malloc(&allocated) >= 0, let parameters = unsafe allocated else {
            throw .setUp(ALSAError(code: -ENOMEM))
        }
        defer { unsafe snd_pcm_sw_params_free(parameters) }

        do throws(ALSAError) {
            try ALSAError.check(unsafe snd_pcm_sw_params_current(handle, parameters))
            try ALSAError.check(unsafe snd_pcm_sw_params_set_start_threshold(handle, parameters, period))
            try ALSAError.check(unsafe snd_pcm_sw_params_set_avail_min(handle, parameters, period))
            try ALSAError.check(unsafe snd_pcm_sw_params(handle, parameters))
        } catch {
            throw .setUp(error)
        }

        // Real cards support this, but not every plug-in does.
        var boundary: snd_pcm_uframes_t = 0
        unsafe snd_pcm_sw_params_get_boundary(parameters, &boundary)
        unsafe snd_pcm_sw_params_set_silence_threshold(handle, parameters, 0)
        unsafe snd_pcm_sw_params_set_silence_size(handle, parameters, boundary)
        unsafe snd_pcm_sw_params(handle, parameters)
    }
}
