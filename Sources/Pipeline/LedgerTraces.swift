import ByteStreams
import Domain
import Ledger

/// Tells a ledger that was lost from one that never was: what a workspace has only once something
/// was recorded.
///
/// A new ledger would take the period that was closed for an open one, and pay it again.
struct LedgerTraces {
  let paths: WorkspacePaths

  /// Refuses a workspace whose ledger is missing, or has not a byte, although there was one.
  ///
  /// No lock is needed: a run that makes the ledger just now has made it before any trace of it.
  ///
  /// - Throws: ``RunFailure`` with code 74; ``FileError``; ``LedgerFault``.
  func requireLedger() throws {
    guard try isNew, let trace = try any(), try isNew else { return }
    throw lost("is missing or empty", trace)
  }

  /// Refuses a ledger that knows less than was published: one that was made anew, or is of a backup
  /// made before a close.
  ///
  /// - Parameter open: The period that the ledger has open; nil if it has none.
  /// - Throws: ``RunFailure`` with code 74; ``FileError``.
  func requireLatest(open: Period?) throws {
    guard let open else {
      if let trace = try published() { throw lost("has nothing in it", trace) }
      return
    }
    let manifest = paths.outbox(open) + "/run.json"
    guard FileSystem.kind(manifest) == .file, try isFinal(manifest) else { return }
    throw lost("has \(open.text) open", "\(manifest) is the final one of that period")
  }

  private func lost(_ what: String, _ trace: String) -> RunFailure {
    RunFailure(
      .inputOutput,
      "the ledger \(paths.ledger)/\(LedgerDatabase.fileName) \(what) although \(trace):"
        + " restore the directory \(paths.ledger) from the latest backup; nothing was done")
  }

  private var isNew: Bool {
    get throws { try LedgerDatabase.isNew(directory: paths.ledger) }
  }

  /// Where it shows that something was recorded, as a clause; nil if nothing does.
  private func any() throws -> String? {
    for directory in [paths.ledger + "/segments", paths.ledger + "/closed"] {
      let names = try FileSystem.listDirectory(directory)
      if let name = names.first(where: { !$0.hasPrefix(".") && !$0.hasSuffix(".tmp") }) {
        return "\(directory)/\(name) is there"
      }
    }
    for name in try FileSystem.listDirectory(paths.archive) where Period(name) != nil {
      let directory = paths.archive + "/" + name
      if let feed = try FileSystem.listDirectory(directory).first {
        return "\(directory)/\(feed) was taken in"
      }
    }
    return try published()
  }

  /// What is published only after something was recorded.
  private func published() throws -> String? {
    let status = paths.status
    let manifests = try FileSystem.listDirectory(paths.outbox).filter { Period($0) != nil }
      .map { paths.outbox + "/" + $0 + "/run.json" }
    return (manifests + [status]).first(where: FileSystem.exists).map { "\($0) is there" }
  }

  /// Whether a manifest is that of a close, which its end says: the last key is `state`.
  private func isFinal(_ manifest: String) throws -> Bool {
    let bytes = 64
    var source = try ByteSource(path: manifest)
    try source.skip(to: max(0, FileSystem.status(manifest).size - bytes))
    var end = [UInt8](repeating: 0, count: bytes)
    let read = try source.read(into: &end, at: 0, count: bytes)
    return String(decoding: end.prefix(read), as: UTF8.self).contains(#""state" : "final""#)
  }
}
