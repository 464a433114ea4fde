import ByteStreams
package import Domain
import Ledger

/// Why a command ended without doing what it was asked to.
package struct RunFailure: Error, Sendable {
  /// The exit code of sysexits.h that says it to a script (docs/operations.md, "Exit codes").
  package enum Code: Int32, Sendable {
    case usage = 64
    case sumsDisagree = 65
    case noInput = 66
    case fault = 70
    case cannotCreate = 73
    case inputOutput = 74
    case locked = 75
    case configuration = 78
    /// The signal ends the process, so that this code is not seen.
    case interrupted = 130
  }

  package let code: Code
  package let message: String
  package let findings: [Finding]

  package init(_ code: Code, _ message: String, findings: [Finding] = []) {
    self.code = code
    self.message = message
    self.findings = findings
  }
}

extension RunFailure {
  /// An error of a lower room, with the exit code that fits it.
  init(_ error: any Error) {
    switch error {
    case let failure as RunFailure: self = failure
    case let file as FileError:
      let creating = file.operation.hasPrefix("create")
      self.init(creating ? .cannotCreate : .inputOutput, file.description)
    case let busy as FileLock.Busy:
      self.init(.locked, "another run holds \(busy.path): try again later")
    case let ledger as LedgerFault: self.init(ledger)
    case let keys as KeySegmentFault: self.init(.inputOutput, "\(keys)")
    default: self.init(.fault, "unexpected: \(error)")
    }
  }
}

extension RunFailure {
  private init(_ fault: LedgerFault) {
    switch fault {
    case .busy: self.init(.locked, "\(fault)")
    case .refused: self.init(.sumsDisagree, "\(fault)")
    case .missing: self.init(.noInput, "\(fault)")
    case .newerVersion, .olderVersion, .damaged, .readOnly, .full, .failed:
      self.init(.inputOutput, "\(fault)")
    }
  }
}
