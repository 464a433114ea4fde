import ByteStreams

/// Where a preview may be written: a new or empty directory that is none of the workspace's own.
struct PreviewDirectory {
  /// What the workspace has; a preview in one of them would be taken for the workspace's own, or
  /// take its place.
  private static let reserved = [
    "payout.yaml", "exchange-rates.csv", "adjustments.csv", "registry", "plans", "profiles",
    "inbox", "archive", "ledger", "outbox", "payments", "approvals",
    WorkspacePaths.statusName,
  ]

  /// Absolute, links resolved.
  let path: String

  /// Looks at the place; nothing is changed.
  ///
  /// - Parameter root: Of the workspace.
  /// - Throws: ``RunFailure`` with code 73 if no preview may be written there.
  init(_ given: String, root: String) throws(RunFailure) {
    func refusal(_ why: String) -> RunFailure {
      RunFailure(.cannotCreate, "no preview in \(given): \(why); name a new or empty directory")
    }
    guard let path = PreviewDirectory.absolute(given) else {
      throw refusal("it cannot be made there")
    }
    let bases = PreviewDirectory.reserved.flatMap { name in
      [
        FileSystem.resolve(root).map { $0 + "/" + name },
        FileSystem.resolve(root + "/" + name),
      ].compactMap { $0 }
    }
    for base in bases where path == base || path.hasPrefix(base + "/") {
      throw refusal("it is a place of the workspace itself")
    }
    switch FileSystem.kind(path) {
    case .missing: break
    case .file, .other: throw refusal("it exists and is no directory")
    case .directory:
      guard (try? FileSystem.listDirectory(path).isEmpty) == true else {
        throw refusal("it exists and is not empty")
      }
    }
    self.path = path
  }

  /// The absolute path of what is there, or is to be made; nil if links or `..` lead nowhere.
  private static func absolute(_ given: String) -> String? {
    var existing = given
    while existing.count > 1, existing.hasSuffix("/") { existing.removeLast() }
    var missing: [String] = []
    while !FileSystem.entryExists(existing) {
      let name = FileSystem.name(of: existing)
      let above = FileSystem.parent(of: existing)
      guard name != "..", above != existing else { return nil }
      if !["", "."].contains(name) { missing.insert(name, at: 0) }
      existing = above
    }
    guard let base = FileSystem.resolve(existing) else { return nil }
    return missing.reduce(base) { $0 == "/" ? "/" + $1 : $0 + "/" + $1 }
  }
}
