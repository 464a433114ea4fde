import Foundation

/// Everything in a directory: names, permissions and bytes.
struct Tree: Equatable {
  struct Entry: Equatable {
    /// Nil for a directory.
    var bytes: Data?
    var permissions: Int
  }

  /// By the path in the directory.
  private(set) var entries: [String: Entry] = [:]

  init(_ directory: URL) throws {
    let manager = FileManager.default
    for path in try manager.subpathsOfDirectory(atPath: directory.path) {
      let full = directory.path + "/" + path
      let attributes = try manager.attributesOfItem(atPath: full)
      let isFile = attributes[.type] as? FileAttributeType == .typeRegular
      entries[path] = Entry(
        bytes: isFile ? try Data(contentsOf: URL(filePath: full)) : nil,
        permissions: attributes[.posixPermissions] as? Int ?? 0)
    }
  }

  /// Only what the paths that pass name.
  func filter(_ passes: (String) -> Bool) -> Tree {
    var tree = self
    tree.entries = entries.filter { passes($0.key) }
    return tree
  }

  /// What readers see of a directory: the files of periods.
  ///
  /// - Parameter directory: `outbox/`, say.
  func published(_ directory: String) -> Tree {
    filter { path in
      path.hasPrefix(directory) && !path.hasPrefix(directory + ".") && !path.hasSuffix(".tmp")
        && entries[path]?.bytes != nil
    }
  }

  /// The same for the same names, permissions and bytes, whatever process names are after.
  var fingerprint: Int {
    let names = entries.map { path, entry in
      (name: path.replacing(#/\.staged-\d+/#, with: ".staged"), entry: entry)
    }
    var hasher = Hasher()
    for (name, entry) in names.sorted(by: { $0.name < $1.name }) {
      hasher.combine(name)
      hasher.combine(entry.permissions)
      hasher.combine(entry.bytes?.count)
      // Data itself hashes no more than its beginning.
      unsafe entry.bytes?.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }

  /// The files of work that is not finished.
  var leftovers: [String] {
    entries.keys.filter { path in
      path.contains(".staged-") || path.contains("/.spill-") || path.hasSuffix(".tmp")
        || path.hasSuffix("-journal") || path.contains("/.unpacking~") || path.contains("/.new-")
    }.sorted()
  }

  /// Paths at which two trees differ, each with what is wrong there.
  func differences(from expected: Tree) -> [String] {
    Set(entries.keys).union(expected.entries.keys).sorted().compactMap { path in
      switch (entries[path], expected.entries[path]) {
      case (let entry?, let other?):
        entry == other ? nil : "\(path) is different"
      case (_?, nil): "\(path) is too much"
      case (nil, _): "\(path) is missing"
      }
    }
  }
}
