import ByteStreams
import Domain
import Ledger
import Reports
import Workspace

/// A draft that a run would draw again to the same bytes, because nothing has changed since the last
/// one.
///
/// `run.json` says what the draft was drawn from, and `status.json`, with whose writing every command
/// ends, when: whatever was touched later, or cannot be compared, is a reason to draw again.
struct UnchangedDraft {
  let manifest: WrittenManifest
  let period: Period
  /// The feeds taken in in the period, with their findings.
  let feeds: [(feed: LedgerFeed, findings: FindingLog)]

  /// Looks at the draft of the open period.
  ///
  /// - Parameters:
  ///   - asOf: The day that the run goes by.
  ///   - hasStatements: Whether the run would write statements.
  /// - Returns: Nil if it has to be drawn again.
  static func find(
    _ open: OpenWorkspace, period: Period, asOf: Day, hasStatements: Bool
  ) throws -> UnchangedDraft? {
    let directory = open.paths.outbox(period)
    guard let manifest = try WrittenManifest(directory: directory),
      manifest.state == DraftState.draft.rawValue, manifest.period == period.text,
      manifest.asOf == asOf.text, manifest.hasStatements == hasStatements,
      hasSameInputs(manifest, open), try isUntouched(open, period),
      try isAfterBanks(open, period),
      manifest.outputs.allSatisfy({
        FileSystem.entryStatus(directory + "/" + $0.path)?.size == $0.bytes
      }), manifest.reportFiles.allSatisfy({ FileSystem.entryKind(directory + "/" + $0) == .file })
    else { return nil }
    let ledger = open.ledger
    let feeds = try ledger.feeds.filter { $0.period == period }.map { feed in
      let version = ledger.version(of: feed, in: period)
      let limit = open.workspace.configuration.limits.findings
      return (feed: version, findings: try ledger.findings(of: version, limit: limit))
    }
    let draft = UnchangedDraft(manifest: manifest, period: period, feeds: feeds)
    return draft.hasSameFeeds && draft.hasSameErrors ? draft : nil
  }

  private static func hasSameInputs(_ manifest: WrittenManifest, _ open: OpenWorkspace) -> Bool {
    let inputs = open.workspace.inputs
    return inputs.count == manifest.inputs.count
      && zip(inputs, manifest.inputs).allSatisfy { now, then in
        now.path == then.path && now.bytes.count == then.bytes
          && SHA256Digest.of(now.bytes).hex == then.sha256
      }
  }

  /// Whether the draft was drawn after the files of banks were reconciled that came in its period.
  private static func isAfterBanks(_ open: OpenWorkspace, _ period: Period) throws -> Bool {
    guard let drawn = FileSystem.entryStatus(open.paths.outbox(period) + "/run.json") else {
      return false
    }
    return try open.ledger.bankFiles().filter { $0.period == period }.allSatisfy {
      FileSystem.entryStatus(open.paths.archived($0))?.wasChanged(before: drawn) == true
    }
  }

  /// Whether nothing that a run reads or writes, its programs included, was changed since
  /// `status.json` was written.
  private static func isUntouched(_ open: OpenWorkspace, _ period: Period) throws -> Bool {
    let paths = open.paths
    guard let written = FileSystem.entryStatus(paths.status),
      ["/proc/self/exe", PDFProgram.path].allSatisfy({ program in
        guard let program else { return true }
        return (try? FileSystem.status(program))?.wasChanged(before: written) == true
      })
    else { return false }
    // What waits in the inbox has a name in `archive/.taking` by now, so that the archive itself is
    // always new.
    let periods = try FileSystem.listDirectory(paths.archive).filter { Period($0) != nil }
    let places = [paths.outbox(period), paths.ledger] + periods.map { paths.archive + "/" + $0 }
    return places.allSatisfy { isUntouched($0, since: written) }
      && open.ledger.feeds.allSatisfy { FileSystem.entryKind(paths.archived($0)) == .file }
  }

  private static func isUntouched(_ path: String, since written: FileStatus) -> Bool {
    guard let status = FileSystem.entryStatus(path), status.isOnDevice(of: written),
      status.wasChanged(before: written)
    else { return false }
    guard status.kind == .directory else { return status.kind == .file }
    guard let names = try? FileSystem.listDirectory(path) else { return false }
    return names.allSatisfy { isUntouched(path + "/" + $0, since: written) }
  }

  /// Whether the draft was drawn from the feeds that the ledger has.
  private var hasSameFeeds: Bool {
    feeds.count == manifest.feeds.count
      && zip(feeds, manifest.feeds).allSatisfy { now, then in
        now.feed.name == then.name && now.feed.digest.hex == then.sha256
          && now.feed.rows == then.rows
      }
  }

  /// Whether `errors.csv` is about these feeds only: one that was refused is no longer there.
  private var hasSameErrors: Bool {
    var errors = ErrorsCSV()
    let sorted = feeds.sorted { precedesInBytes($0.feed.name, $1.feed.name) }
    for feed in sorted {
      for finding in feed.findings.listed { errors.add(finding) }
    }
    let digest = SHA256Digest.of(errors.bytes).hex
    return manifest.outputs.contains { $0.path == "errors.csv" && $0.sha256 == digest }
  }
}
