package import Domain
package import ExactMoney

/// Why the ledger could not do what it was asked for; it is then as it was before.
package enum LedgerFault: Error, Hashable, Sendable {
  /// There is no ledger yet, and it was only to be read.
  case missing(path: String)
  /// A newer version of the program wrote it.
  case newerVersion(path: String, version: Int, known: Int)
  /// An older version wrote it, and it was only to be read: the next `run` migrates it.
  case olderVersion(path: String, version: Int, known: Int)
  /// No database, one of another program, or one whose content cannot be.
  case damaged(path: String, reason: String)
  /// The file, its directory or its file system may not be written.
  case readOnly(path: String)
  /// No space is left on the disk, or in the quota.
  case full(path: String)
  /// The operating system failed in another way.
  case failed(path: String, reason: String)
  /// Another process holds the database.
  case busy(path: String)
  /// What was to be recorded contradicts the ledger or itself.
  case refused(LedgerRefusal)
}

extension LedgerFault: CustomStringConvertible {
  /// A sentence without its full stop.
  package var description: String {
    switch self {
    case .missing(let path): "there is no ledger \(path)"
    case .newerVersion(let path, let version, let known):
      "\(path) is of version \(version); this program knows versions up to \(known)"
    case .olderVersion(let path, let version, let known):
      "\(path) is of version \(version) and not yet migrated to \(known)"
    case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
    case .readOnly(let path): "\(path) cannot be written: it is read-only"
    case .full(let path): "\(path) cannot be written: no space is left"
    case .failed(let path, let reason): "\(path) failed: \(reason)"
    case .busy(let path): "another process holds \(path)"
    case .refused(let refusal): "\(refusal)"
    }
  }
}

/// What the ledger does not record, since it contradicts what is there or itself.
package enum LedgerRefusal: Hashable, Sendable {
  /// The period is not the open one.
  case notOpen(Period, open: Period?)
  /// The setting has another value, and a setting never changes.
  case settingKept(name: String)
  /// The amounts of a settlement do not add up; `equation` is what should hold.
  case sums(LedgerBalanceName, equation: String)
  /// A balance does not open with the closing of the period before.
  case opening(LedgerBalanceName, stored: Money, coop: Money)
  /// A balance that is not zero has no settlement.
  case leftOut(LedgerBalanceName)
  /// The database itself refused; `reason` is its own message.
  case contradiction(reason: String)
}

extension LedgerRefusal: CustomStringConvertible {
  /// A sentence without its full stop.
  package var description: String {
    switch self {
    case .notOpen(let period, let open):
      "period \(period.text) is not open: " + (open.map { "\($0.text) is" } ?? "none is")
    case .settingKept(let name): "the ledger has another \(name), and that never changes"
    case .sums(let balance, let equation): "\(balance) does not add up: \(equation)"
    case .opening(let balance, let stored, let coop):
      "\(balance) must open with \(stored.text), and its co-op with \(coop.text)"
    case .leftOut(let balance): "\(balance) is not zero and was not settled"
    case .contradiction(let reason): "the ledger refuses: \(reason)"
    }
  }
}

/// A balance by its names: partner, program and currency.
package struct LedgerBalanceName: Hashable, Sendable, CustomStringConvertible {
  package var participantId: String
  package var program: String
  package var currency: Currency

  package init(participantId: String, program: String, currency: Currency) {
    self.participantId = participantId
    self.program = program
    self.currency = currency
  }

  package var description: String {
    "balance \(SafeText.shown(participantId)), \(SafeText.shown(program)), \(currency.code)"
  }
}
