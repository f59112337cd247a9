// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA

/// What a call of alsa-lib returned instead of success.
struct ALSAError: Error, Hashable {
    /// A negative errno.
    var code: CInt

    /// The buffer ran dry (or the device was stopped, which alsa-lib does not tell apart).
    static let dry = ALSAError(code: -EPIPE)
    /// The system went to sleep under the device.
    static let suspended = ALSAError(code: -ESTRPIPE)

    /// Why, in the system's words.
    var reason: String {
        guard let text = unsafe snd_strerror(code) else { return "error \(-code)" }
        return unsafe String(cString: text)
    }

    /// The code of a call that succeeded; else throws.
    @discardableResult
    static func check(_ result: CInt) throws(ALSAError) -> CInt {
        guard result >= 0 else { throw ALSAError(code: result) }
        return result
    }
}
