// SPDX-License-Identifier: GPL-3.0-or-later

/// How much a client may ask of the daemon.
package struct ServiceLimits: Sendable, Hashable {
    /// Connections at once, on each socket.
    package var connections = 256
    /// Bytes of a JSON body.
    package var body = 256 * 1024
    /// Bytes of all header fields together.
    package var header = 16 * 1024
    /// Characters of a prompt, and of a text that comes in one piece.
    package var promptCharacters = 20_000
    /// Requests per second and address on average; ten times as many at once.
    package var requestsPerSecond = 20
    /// A connection on which nothing happens for so long is closed, and so is one that does not send its request.
    package var idle = Duration.seconds(30)
    /// A JSON body that has not come by then is not waited for.
    package var bodyTime = Duration.seconds(10)
    /// A sign of life is sent to readers of events this often.
    package var heartbeat = Duration.seconds(15)

    package init() {}
}
