// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance

extension FaultMapper {
    /// Why there is no reply at all.
    func fault(_ failure: ConnectionFailure) -> Fault {
        switch failure {
        case .refused: nothingThere
        case .unknownHost: unknownHost
        case .noRoute: noWay
        case .timedOut: noConnection
        case .closed: hungUp
        case .foreign: noHTTP
        case .insecure(let reason):
            Fault(
                .modelUnreachable,
                "No private connection to \(address) (\(reason)): check the address and its certificate; SSL_CERT_FILE "
                    + "names one of your own.")
        case .other(let reason):
            Fault(.modelUnreachable, "No connection to \(address) (\(reason)): check the address and the server.")
        }
    }

    private var nothingThere: Fault {
        let advice = dialect.waysToStart(isLocal: address.isLoopback)
        return Fault(.modelUnreachable, "No model server answers at \(address): \(advice).")
    }

    private var noWay: Fault {
        Fault(.modelUnreachable, "There is no way to \(address): is the network up, and the address right?")
    }

    private var unknownHost: Fault {
        Fault(.modelUnreachable, "The host \"\(address.host)\" is not known: check the address of the model server.")
    }

    private var hungUp: Fault {
        Fault(
            .modelFailed,
            "The server at \(address) took the question and hung up: look into its log; it may have crashed or run out "
                + "of memory.")
    }

    private var noHTTP: Fault {
        Fault(.modelProtocol, "What answers at \(address) does not speak HTTP: check the host and the port.")
    }

    private var noConnection: Fault {
        Fault(.modelUnreachable, "No connection to \(address) in time: is that machine on, and the address right?")
    }

    func connectTimeout(_ limit: Duration) -> Fault {
        Fault(
            .modelUnreachable,
            "No connection to \(address) within \(limit.spoken): is that machine on, and the address right?")
    }

    /// It took the question, and now not even its status can be had.
    var vanished: Fault {
        Fault(
            .modelUnreachable,
            "\(dialect.name) at \(address) took the question and is gone since: look whether it still runs.")
    }

    func notice(_ state: ModelState) -> Notice {
        switch state {
        case .loading: Notice("model_loading", "\(dialect.name) is loading \(model).")
        case .loaded: Notice("model_reading", "\(model) is loaded; it reads the question, or answers somebody else.")
        }
    }

    var busyNotice: Notice {
        Notice("model_busy", "\(dialect.name) is busy; the question waits.")
    }

    var forgets: Notice {
        Notice(
            "context_full",
            "The conversation has outgrown the context of \(model): its oldest questions and answers are left out.")
    }

    var cannotThink: Notice {
        Notice("think_unsupported", "\(model) can't be told whether to think; it was asked without.")
    }
}
