// SPDX-License-Identifier: GPL-3.0-or-later
import CALSA

/// An error code returned by alsa-lib.
struct ALSAError: Error, Hashable {
    /// A negative `errno`.
    var code: CInt

    /// The buffer ran dry, or the device was stopped: alsa-lib doesn't distinguish the two.
    static let dry = ALSAError(code: -EPIPE)
    /// The system was suspended while the device was in use.
    static let suspended = ALSAError(code: -ESTRPIPE)

    /// The reason, as the system describes it.
    var reason: String {
        guard let text = unsafe snd_strerror(code) else { return "error \(-code)" }
        return unsafe String(cString: text)
    }

    /// Returns the result of a call that succeeded; throws otherwise.
    @discardableResult
    static func check(_ result: CInt) throws(ALSAError) -> CInt {
        guard result >= 0 else { throw ALSAError(code: result) }
        return result
    }
}
