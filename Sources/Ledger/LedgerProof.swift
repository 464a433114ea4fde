import ByteStreams
package import Domain

/// What `verify` finds out about the ledger before anything in it is relied on: its sums, and the
/// digests of the files beside it.
package struct LedgerProof: Sendable {
  /// A file of the ledger that is not what was written.
  package struct DamagedFile: Hashable, Sendable {
    package var path: String
    /// What is wrong with it, as the rest of a sentence.
    package var reason: String
  }

  /// What does not hold in the database.
  package private(set) var disagreements: [LedgerDisagreement] = []
  package private(set) var damaged: [DamagedFile] = []
  /// How many files beside the database were looked at.
  package private(set) var files = 0
  package private(set) var feeds: [LedgerFeed] = []
  package private(set) var closes: [LedgerClosing] = []
  /// Nil before the first run.
  package private(set) var openPeriod: Period?

  /// Goes through the ledger of a directory; nothing is written.
  ///
  /// - Throws: ``LedgerFault``, also if the database is too damaged to be read.
  package init(directory: String) throws(LedgerFault) {
    let database = try LedgerDatabase.open(directory: directory, .read)
    disagreements = try database.verify()
    guard disagreements.isEmpty else { return }
    feeds = try database.feeds()
    closes = try database.closes()
    openPeriod = try database.openPeriod()
    let segments = directory + "/segments/"
    for segment in feeds.flatMap(\.segments) + (try database.retakes().flatMap(\.segments)) {
      check(segments + segment.name, segment.digest, bytes: segment.bytes)
    }
    for segment in try database.keySegments() {
      check(segments + segment.name, segment.digest, bytes: nil)
    }
  }

  private mutating func check(_ path: String, _ digest: SHA256Digest, bytes: Int?) {
    files += 1
    do throws(FileError) {
      let found = try SHA256Digest.ofFile(path)
      if let bytes, found.bytes != bytes {
        note(path, "it has \(found.bytes) bytes, and \(bytes) were written")
      } else if found.0 != digest {
        note(path, "its digest is \(found.0.hex), and \(digest.hex) was written")
      }
    } catch {
      note(path, error.description)
    }
  }

  private mutating func note(_ path: String, _ reason: String) {
    damaged.append(DamagedFile(path: path, reason: reason))
  }
}

extension Ledger {
  /// What a close posted, by participantId, program and currency.
  ///
  /// - Throws: ``LedgerFault``.
  package func settlements(_ period: Period) throws -> [LedgerSettlement] {
    try database.settlements(period)
  }

  /// The payments that a close issued.
  ///
  /// - Throws: ``LedgerFault``.
  package func payments(_ period: Period) throws -> [LedgerPayment] {
    try database.payments(period)
  }

  /// The runs that added something, in their order.
  ///
  /// - Throws: ``LedgerFault``.
  package func runs() throws -> [LedgerRun] { try database.runs() }
}
