import ByteStreams

/// What ended processes left of work that they had not finished.
///
/// Only names that are never final are removed. What has its final name, be it a segment that the
/// ledger does not know yet, stays until the command that makes it again replaces it.
struct Leftovers {
  let paths: WorkspacePaths

  /// Removes them; a directory that was moved out of its place, and not replaced, goes back.
  ///
  /// - Precondition: The lock of the workspace is held.
  /// - Throws: ``FileError``.
  func remove() throws(FileError) {
    for directory in [
      paths.outbox, paths.payments, paths.ledger, paths.ledger + "/closed",
      paths.reconciliations,
    ] {
      try StagedDirectory.cleanUp(directory)
    }
    try removeFiles(paths.ledger) { $0.hasPrefix(SpillNames.prefix) || $0.hasSuffix(".tmp") }
    try removeFiles(paths.ledger + "/segments") { $0.hasSuffix(".tmp") }
    try removeFiles(paths.bankArchive) { $0.hasPrefix(BankArchive.stagedPrefix) }
    for period in try FileSystem.listDirectory(paths.approvals) {
      try removeFiles(paths.approvals + "/" + period) { $0.hasSuffix(".tmp") }
    }
    try removeFiles(paths.inbox) { $0.hasPrefix(ParcelUnpacker.stagedPrefix) }
  }

  private func removeFiles(
    _ directory: String, where isLeftover: (String) -> Bool
  ) throws(FileError) {
    for name in try FileSystem.listDirectory(directory) where isLeftover(name) {
      try FileSystem.removeFile(directory + "/" + name)
    }
  }
}
