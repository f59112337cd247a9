// SPDX-License-Identifier: GPL-3.0-or-later
package import DaemonAPI
import Synchronization
import Utterance

/// What is known of the connection to the broker.
package final class BrokerMonitor: Sendable {
    private let status: Mutex<BrokerStatus>

    /// - Parameter address: the broker's.
    package init(address: String) {
        status = Mutex(BrokerStatus(address: address))
    }

    package var current: BrokerStatus { status.withLock { $0 } }

    func note(connected isConnected: Bool, trouble: Notice? = nil) {
        status.withLock { status in
            status.isConnected = isConnected
            (status.code, status.message) = (trouble?.code, trouble?.message)
        }
    }
}
