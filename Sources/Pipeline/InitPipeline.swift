import ByteStreams

/// Makes a new workspace.
package struct InitPipeline {
  private let directory: String

  package init(directory: String) {
    self.directory = directory
  }

  /// Writes the files of a small workspace that runs as it is.
  ///
  /// - Throws: ``RunFailure`` if the directory has anything in it.
  package func run() throws(RunFailure) {
    do {
      guard try FileSystem.listDirectory(directory).isEmpty,
        [.missing, .directory].contains(FileSystem.kind(directory))
      else { throw RunFailure(.cannotCreate, "\(directory) exists and is not an empty directory") }
      for (path, text) in InitialWorkspace.files {
        let full = directory + "/" + path
        try FileSystem.createDirectory(FileSystem.parent(of: full))
        try FileSystem.writeFileAtomically(full, Array(text.utf8))
      }
      for name in ["archive", "outbox"] { try FileSystem.createDirectory(directory + "/" + name) }
    } catch {
      throw RunFailure(error)
    }
  }
}
